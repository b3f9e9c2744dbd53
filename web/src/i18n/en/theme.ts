export const theme = {
  asTheDevice: 'As the device',
  light: 'Light',
  dark: 'Dark',
  colours: 'Colours',
  house: 'House colours',
};
