// Light, dark, or as the system says: kept in this browser. The style has its dark colours under one condition (style/tokens.css), which is changed here.
import { signal } from '@preact/signals';
import { remembered, type Theme } from '../../state/storage.js';

const SYSTEM = '(prefers-color-scheme: dark)';
/** Media queries that always hold, and never. */
const CONDITIONS: Record<Theme, string> = { system: SYSTEM, light: 'not all', dark: 'all' };

/** What a style sheet has rules under. */
interface Condition {
  mediaText: string;
}

export const theme = signal<Theme>('system');
let conditions: Condition[] | null = null;

function darkConditions(): Condition[] {
  const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]);
  return rules.flatMap((rule) => (rule instanceof CSSMediaRule && rule.conditionText === SYSTEM ? [rule.media] : []));
}

function apply(next: Theme): void {
  theme.value = next;
  conditions ??= darkConditions();
  for (const condition of conditions) condition.mediaText = CONDITIONS[next];
}

/** When the page starts. */
export function followTheme(): void {
  apply(remembered.theme);
}

export function chooseTheme(next: Theme): void {
  remembered.theme = next;
  apply(next);
}
