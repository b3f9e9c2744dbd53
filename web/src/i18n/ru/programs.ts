import type { Words } from '../en/index.js';

export const programs: Words['programs'] = {
  pleaseGiveTheProgramA: 'Назовите программу.',
  programs: 'Программы',
  anotherProgramCanDoIn:
    'Другая программа может в этой комнате всё, что может организатор: свет, проектор, служба. Каждой нужен свой ключ. Как им пользоваться, сказано здесь:',
  apiOpenapiJson: '/api/openapi.json',
  theTokenShownOnlyNow: 'Ключ, виден только сейчас',
  nameOfOneMoreProgram: 'Название ещё одной программы',
  makeAToken: 'Создать ключ',
  putAway: 'Убрать',
  putTheTokenAway: 'Убрать ключ',
  since: ({ name, day }) => `\u2068${name}\u2069, с ${day}`,
  takeTheTokenAway: 'Отозвать ключ',
  takeTheTokenOf: ({ name }) => `Отозвать ключ: ${name}`,
};
