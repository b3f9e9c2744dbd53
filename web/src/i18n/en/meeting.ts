export const meeting = {
  chooseTheDayAndThe: 'Choose the day and the time first.',
  theNextEvening: 'The next evening',
  when: 'When',
  howLong: 'How long',
  what: 'What',
  saveItForTheCalendar: 'Save it for the calendar',
  aFileForAnyCalendar: 'A file for any calendar, with the link in it. Send it to the others: each sees it in the time of where they are.',
};
