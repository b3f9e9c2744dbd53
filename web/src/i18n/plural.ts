// The form of a noun that goes with a number, for the catalogues. Each language must give all of its own forms. Pure.
interface TwoForms {
  one: string;
  other: string;
}

interface RussianForms {
  /** 1, 21, 31 ... */
  one: string;
  /** 2 to 4, 22 to 24 ...; fractions */
  few: string;
  /** 0, 5 to 20, 25 ... */
  many: string;
}

type Rules = Intl.PluralRules;

function two(rules: Rules) {
  return (count: number, forms: TwoForms): string => (rules.select(count) === 'one' ? forms.one : forms.other);
}

function russian(rules: Rules) {
  return (count: number, forms: RussianForms): string => {
    const form = rules.select(count);
    if (form === 'one') return forms.one;
    return form === 'many' ? forms.many : forms.few;
  };
}

/** `plural.de(people, { one: 'ein Mensch', other: `${people} Menschen` })` */
export const plural = {
  en: two(new Intl.PluralRules('en')),
  de: two(new Intl.PluralRules('de')),
  fr: two(new Intl.PluralRules('fr')),
  es: two(new Intl.PluralRules('es')),
  ru: russian(new Intl.PluralRules('ru')),
};
