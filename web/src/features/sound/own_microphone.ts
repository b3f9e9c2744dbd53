// One's own microphone: which one is used, which one was wished for, and what is wrong with it. The wish is kept while the microphone is away, and
// offered when it is back; nothing is ever exchanged by itself.
import { batch, computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type { Engine } from '../../audio/engine/engine.js';
import {
  listMicrophones,
  loudspeakerName,
  type Devices,
  type Instead,
  type MicrophoneChoice,
  type MicrophoneQuality,
} from '../../audio/capture/microphone.js';
import { InputGain } from '../loudness/input_gain.js';
import { Correction, keyOf } from './correction.js';
import { remembered } from '../../state/storage.js';
import type { Role } from '../../wire/control/control.js';
import { thisDevice, type Device } from '../device/device.js';
import { openingFailure, openingWords, qualityWords, type Permission } from '../device/microphone_words.js';
import { inputOf, named, type Input } from './voice_state.js';
import { t } from '../../i18n/words.js';

/** Where the browser tells of devices that come and go. */
export type DeviceNews = Devices & Pick<MediaDevices, 'addEventListener' | 'removeEventListener'>;

export class OwnMicrophone {
  /** The one that is open. */
  readonly used: Signal<MicrophoneChoice | null> = signal(null);
  /** The one that was chosen; null: whichever the browser proposes. */
  readonly wish: Signal<MicrophoneChoice | null> = signal(remembered.microphone);
  readonly choices: Signal<MicrophoneChoice[]> = signal([]);
  /** What was wrong when one was last asked for; null: nothing. */
  readonly problem: Signal<string | null> = signal(null);
  /** The one that went away while it was used. */
  readonly lost: Signal<MicrophoneChoice | null> = signal(null);
  readonly mutedElsewhere = signal(false);
  readonly input: Signal<Input> = signal('well');
  /** What spoils the voice, and what helps; null: nothing. */
  readonly qualityText: ReadonlySignal<string | null>;
  readonly correction = new Correction();
  readonly gain = new InputGain();
  /** Sentences that were read and put away, as long as this microphone is used. */
  readonly putAway: Signal<readonly string[]> = signal([]);
  /** It is to be opened once the server has made a singer of who listened. */
  openWhenSinger = false;
  readonly isOpen: ReadonlySignal<boolean> = computed(() => this.used.value !== null);
  /** Where sound comes from; empty where the browser does not tell. With this microphone, at the last visit, and now. */
  private readonly loudspeakerBefore: Signal<string> = signal('');
  private readonly loudspeaker: Signal<string> = signal('');

  /** Another loudspeaker than at the last visit with this microphone; null: the same, or not told. */
  readonly loudspeakerText: ReadonlySignal<string | null> = computed(() => {
    const [before, now] = [this.loudspeakerBefore.value, this.loudspeaker.value];
    if (!this.used.value || before === '' || now === '' || before === now) return null;
    return t.sound.lastTimeYouHeardThe({ named: named(before), named2: named(now) });
  });

  private readonly instead: Signal<Instead | null> = signal(null);
  private readonly quality: Signal<MicrophoneQuality | null> = signal(null);

  /** Why another one than the one wished for is used; null: it is the right one. */
  readonly insteadText: ReadonlySignal<string | null> = computed(() => {
    const [used, wish, instead] = [this.used.value, this.wish.value, this.instead.value];
    if (!used || !wish || !instead || used.id === wish.id) return null;
    if (instead === 'busy') return t.sound.doesNotAnswerAnotherProgram({ capital: capital(named(wish.label)), named: named(used.label) });
    if (this.has(wish)) return t.sound.isThereAgainSoFar({ capital: capital(named(wish.label)), named: named(used.label) });
    return t.sound.isNotThereSoIs({ capital: capital(named(wish.label)), named: named(used.label) });
  });

  /** What is worth knowing of the one that is used, and no hindrance: the first that was not put away. */
  readonly hint: ReadonlySignal<string | null> = computed(() => {
    const hints = [this.insteadText.value, this.qualityText.value, this.loudspeakerText.value];
    return hints.find((text) => text !== null && !this.putAway.value.includes(text)) ?? null;
  });

  /** One that may be taken instead of what is used now, or of nothing. */
  readonly offer: ReadonlySignal<MicrophoneChoice | null> = computed(() => {
    const [used, wish, lost, choices] = [this.used.value, this.wish.value, this.lost.value, this.choices.value];
    if (used) return wish && this.instead.value !== null && used.id !== wish.id && this.has(wish) ? wish : null;
    if (!lost) return null;
    const wanted = [wish, lost].find((one) => one && this.has(one)) ?? null;
    return wanted ? (choices.find((choice) => choice.id === wanted.id) ?? null) : (choices[0] ?? null);
  });

  private notedWith: string | null = null;
  private readonly refresh = (): void => void this.list();

  /** `devices`: null where the browser has none. `sound`: the engine, started when it is asked for. */
  constructor(
    private readonly devices: DeviceNews | null,
    private readonly sound: () => Promise<Engine>,
    readonly device: Device = thisDevice(),
    private readonly permission: () => Promise<Permission> = askPermission,
  ) {
    this.qualityText = computed(() => this.quality.value && qualityWords(this.quality.value, device));
    devices?.addEventListener('devicechange', this.refresh);
  }

  dispose(): void {
    this.devices?.removeEventListener('devicechange', this.refresh);
  }

  /** Opens the one wished for, or another one where that is not to be had. False: `problem` says what is wrong. */
  open(): Promise<boolean> {
    return this.use(this.wish.value, false);
  }

  /** This one and no other; it is wished for from now on, if it can be had. */
  choose(choice: MicrophoneChoice): Promise<boolean> {
    return this.use(choice, true);
  }

  /** Who listened and now sings needs a microphone. */
  openForSinging(role: Role): void {
    if (!this.openWhenSinger || role !== 'singer') return;
    this.openWhenSinger = false;
    if (!this.isOpen.value) void this.open().catch(() => undefined);
  }

  close(engine: Engine | null): void {
    engine?.closeMicrophone();
    this.forget();
  }

  /** It was unplugged or taken away. */
  gone(): void {
    const lost = this.used.value;
    batch(() => {
      this.forget();
      this.lost.value = lost;
    });
    void this.list();
  }

  /** Reads what the worklet says of it; call often. */
  look(engine: Engine | null): void {
    const state = this.isOpen.value ? engine?.state : null;
    this.input.value = state ? inputOf(state.silentFrames, state.unclippedFrames) : 'well';
  }

  private async use(wish: MicrophoneChoice | null, strict: boolean): Promise<boolean> {
    this.problem.value = null;
    const engine = await this.sound();
    engine.resume();
    try {
      const opened = await engine.useMicrophone(wish, strict);
      if (!opened) return false;
      const { microphone, instead } = opened;
      const used = { id: microphone.id, label: microphone.label };
      batch(() => {
        this.used.value = used;
        this.instead.value = instead;
        this.lost.value = null;
        this.mutedElsewhere.value = microphone.muted;
        this.quality.value = microphone.quality;
        this.input.value = 'well';
        this.putAway.value = [];
        if (strict || (wish && !instead)) this.remember(used);
      });
      await this.list();
      return true;
    } catch (error) {
      const sentence = openingWords(openingFailure(error, await this.permission()), this.device);
      this.problem.value =
        strict && wish && this.isOpen.value ? t.sound.couldNotBeOpenedThe({ capital: capital(named(wish.label)), sentence }) : sentence;
      return false;
    }
  }

  private remember(choice: MicrophoneChoice): void {
    this.wish.value = choice;
    remembered.microphone = choice;
  }

  private forget(): void {
    batch(() => {
      this.used.value = null;
      this.quality.value = null;
      this.lost.value = null;
      this.mutedElsewhere.value = false;
      this.input.value = 'well';
    });
  }

  /** Only once one was opened: before that, browsers tell no names. */
  private async list(): Promise<void> {
    if (!this.devices || (!this.used.value && !this.lost.value)) return;
    const none = this.choices.value.length === 0;
    this.choices.value = await listMicrophones(this.devices).catch(() => this.choices.value);
    // That there is none, is no longer true.
    if (none && this.offer.value !== null && !this.isOpen.value) this.problem.value = null;
    const loudspeaker = await loudspeakerName(this.devices).catch(() => '');
    if (!this.used.value) return;
    const pair = { microphone: this.used.value.label, loudspeaker };
    this.correction.use(pair);
    this.gain.use(keyOf(pair));
    this.noteLoudspeaker(this.used.value.label, loudspeaker);
  }

  private noteLoudspeaker(microphone: string, loudspeaker: string): void {
    if (microphone !== this.notedWith) this.loudspeakerBefore.value = remembered.loudspeaker(microphone) ?? '';
    this.notedWith = microphone;
    this.loudspeaker.value = loudspeaker;
    if (loudspeaker !== '') remembered.setLoudspeaker(microphone, loudspeaker);
  }

  private has(choice: MicrophoneChoice): boolean {
    return this.choices.value.some((one) => one.id === choice.id);
  }
}

/** Some browsers do not tell it, and some not of the microphone. */
async function askPermission(): Promise<Permission> {
  try {
    return (await navigator.permissions.query({ name: 'microphone' as PermissionName })).state;
  } catch {
    return null;
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
