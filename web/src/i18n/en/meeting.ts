export const meeting = {
  chooseTheDayAndThe: 'Choose the day and the time first.',
  thisTimeIsOver: 'This time is over: choose a later one.',
  theNextEvening: 'The next evening',
  setTheNextEvening: 'Set the next evening',
  when: 'When',
  howLong: 'How long',
  what: 'What',
  changeItForEverybody: 'Change it for everybody',
  setItForEverybody: 'Set it for everybody',
  takeItBack: 'Take it back',
  everybodySeesItAtThe: 'Everybody sees it at the door and in the room, in the time of where they are, and may save it for the calendar.',
  saveItForTheCalendar: 'Save it for the calendar',
  ourRoom: 'Our room',
  weSingHere: ({ link }: { link: string }) => `We sing here: ${link}`,
  minutes: ({ minutes }: { minutes: number }) => (minutes === 1 ? '1 minute' : `${minutes} minutes`),
  /** `hours` as "1½". */
  hours: ({ hours }: { hours: string }) => (hours === '1' ? '1 hour' : `${hours} hours`),
};
