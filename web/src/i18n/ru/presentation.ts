import type { Words } from '../en/index.js';

export const presentation: Words['presentation'] = {
  connectionLostComingBack: 'Связь потеряна. Возвращаемся ...',
  forTheHallsScreenEscape: 'Для экрана в зале. Escape — выход.',
  showItOnAHalls: 'Показать на экране зала',
  ourRoom: 'Наша комната',
  leads: ({ name }) => `Ведёт ${name}`,
  theSongHasNotStarted: 'Песня ещё не началась.',
  nobodyLeadsYet: 'Пока никто не ведёт.',
  getReady: 'Приготовьтесь.',
  sing: 'Пойте.',
  theSongIsOverHere: 'Здесь песня закончилась.',
  itEndsIn: ({ seconds }) => `Конец через ${seconds} с.`,
};
