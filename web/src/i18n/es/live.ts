import type { Words } from '../en/index.js';
import { plural } from '../plural.js';

export const live: Words['live'] = {
  title: 'Enlace en directo',
  whoeverHasItHears:
    'Quien tiene este enlace oye la sala en cualquier reproductor: el canto y el acompañamiento, un poco detrás del último grupo. Con él nadie puede entrar.',
  theLinkToHandOn: 'El enlace para compartir',
  openIt: 'Abrir el enlace en directo',
  closeIt: 'Cerrar el enlace en directo',
  heardByOthers: 'Otros pueden oír esta sala por un enlace.',
  butYouCanListen: 'Tu red no deja cantar, pero puedes escuchar aquí.',
  players: ({ count }) => `${plural.es(count, { one: '1 escucha por el enlace', other: `${count} escuchan por el enlace` })}.`,
};
