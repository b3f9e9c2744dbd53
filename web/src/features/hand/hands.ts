// Whose hands are up. Pure.
import type { Person } from '../../wire/control/control.js';

/** In the order in which they were raised. */
export function handsUp(people: readonly Person[]): Person[] {
  return people.filter((person) => person.hand > 0).sort((a, b) => a.hand - b.hand || a.id.localeCompare(b.id));
}
