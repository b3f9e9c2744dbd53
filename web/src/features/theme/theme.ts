// Light, dark, as the system says, or the colours of whoever runs the server: kept in this browser. The style has its dark colours under one condition (style/tokens.css), which is changed here.
import { signal } from '@preact/signals';
import { under } from '../../base_path.js';
import { remembered, type Theme } from '../../state/storage.js';

const SYSTEM = '(prefers-color-scheme: dark)';
/** Media queries that always hold, and never. */
const CONDITIONS: Record<Theme, string> = { system: SYSTEM, light: 'not all', dark: 'all', house: SYSTEM };
/** What the server's own colours are asked for at; empty where it has none. */
const HOUSE_SHEET = under('/theme.css');

/** What a style sheet has rules under. */
interface Condition {
  mediaText: string;
}

export const theme = signal<Theme>('system');
/** The server has colours of its own. */
export const hasHouse = signal(false);
let conditions: Condition[] | null = null;
let house: HTMLLinkElement | null = null;

function darkConditions(): Condition[] {
  const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]);
  return rules.flatMap((rule) => (rule instanceof CSSMediaRule && rule.conditionText === SYSTEM ? [rule.media] : []));
}

function apply(next: Theme): void {
  theme.value = next;
  conditions ??= darkConditions();
  for (const condition of conditions) condition.mediaText = CONDITIONS[next];
  wearHouse(next === 'house');
}

/** Its sheet lies behind the page's own, over whose colours it wins. */
function wearHouse(on: boolean): void {
  if (!on) {
    house?.remove();
    house = null;
  } else if (house === null) {
    house = document.createElement('link');
    house.rel = 'stylesheet';
    house.href = HOUSE_SHEET;
    document.head.append(house);
  }
}

/** When the page starts. */
export function followTheme(): void {
  apply(remembered.theme);
  void lookForHouse();
}

/** Whether the server has colours of its own; where it has none any more, one's choice is as the device says. */
export async function lookForHouse(): Promise<void> {
  const sheet = await fetch(HOUSE_SHEET).then(
    (answer) => (answer.ok ? answer.text() : ''),
    () => null,
  );
  if (sheet === null) return;
  hasHouse.value = sheet.trim() !== '';
  if (!hasHouse.value && theme.value === 'house') apply('system');
}

export function chooseTheme(next: Theme): void {
  remembered.theme = next;
  apply(next);
}
