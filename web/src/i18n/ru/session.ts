import type { Words } from '../en/index.js';

export const session: Words['session'] = {
  youAreInTheRoom: 'Вы в комнате здесь. Другую вкладку можно закрыть.',
};
