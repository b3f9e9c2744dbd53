// Who is in the room, as the server tells it. A part of the room's state (state/room.ts). Pure.
import type { Listeners, Person, ServerMessage, Welcome } from '../../wire/control/control.js';

export interface LinePart {
  /** One's own id. */
  you: string;
  /** In the order in which they came; without the listeners (but yourself) where these are not named. */
  people: Person[];
  listeners: Listeners;
}

export function enterLine({ you, people, listeners }: Welcome): LinePart {
  const all = people.some((person) => person.id === you.id) ? people : [...people, you];
  return { you: you.id, people: all, listeners };
}

export function nextLine<S extends LinePart>(state: S, message: ServerMessage): S {
  switch (message.type) {
    case 'person':
      return { ...state, people: shown(withPerson(state.people, message.person), state.listeners, state.you) };
    case 'people':
      return { ...state, people: shown(withPeople(state.people, message.people, message.gone), state.listeners, state.you) };
    case 'gone':
      return { ...state, people: state.people.filter((person) => person.id !== message.id) };
    case 'listeners':
      return { ...state, listeners: message.listeners, people: shown(state.people, message.listeners, state.you) };
    default:
      return state;
  }
}

function withPerson(people: Person[], person: Person): Person[] {
  const known = people.some((one) => one.id === person.id);
  return known ? people.map((one) => (one.id === person.id ? person : one)) : [...people, person];
}

function withPeople(people: Person[], changed: readonly Person[], gone: readonly string[]): Person[] {
  const news = new Map(changed.map((person) => [person.id, person]));
  const left = new Set(gone);
  const stay = people.filter((person) => !left.has(person.id)).map((person) => news.get(person.id) ?? person);
  const known = new Set(stay.map((person) => person.id));
  return [...stay, ...changed.filter((person) => !known.has(person.id))];
}

/** Where listeners are not named, one knows the singers and oneself. */
function shown(people: Person[], listeners: Listeners, you: string): Person[] {
  return listeners.named ? people : people.filter((person) => person.role === 'singer' || person.id === you);
}
