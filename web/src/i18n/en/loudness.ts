export const loudness = {
  yourVoicesGain: 'Your voice’s gain',
  howMuchLouderOrBelow: 'How much louder (or, below 0, softer) your voice goes out than it comes from the microphone. Singing some notes sets it.',
  gainByHand: 'Gain by hand',
  howLoudYouSingInto:
    'How loud you sing into this microphone is not measured yet: the others may hear you too softly or too loud. It takes five seconds.',
  singSomeNotes: 'Sing some notes',
  notNow: 'Not now',
  yourVoiceGoesOutAs: 'Your voice goes out as it is.',
  notMeasuredYourMicrophoneGives:
    'Not measured: your microphone gives no sound at all. Look whether it is switched off or muted, or choose another one above.',
  notMeasuredNearlyNothingWas:
    'Not measured: nearly nothing was heard. Come closer to the microphone, or turn it up in the sound settings of your device, and sing again.',
  notMeasuredNoiseWasHeard:
    'Not measured: noise was heard, but no singing. Sing some long notes, and switch off what makes noise near the microphone.',
  notMeasuredYouSangToo: 'Not measured: you sang too little. Press “Sing again”, and sing until the bar is full.',
  notMeasuredYouAreToo:
    'Not measured: you are too loud for your microphone. Turn it down in the sound settings of your device, or step back, and sing again.',
  notMeasuredASongHas: 'Not measured: a song has begun. Measure again when it is over.',
  notMeasuredTheSoundOf: 'Not measured: the sound of this device was interrupted. Leave this page in front until it is done.',
  makeYourVoiceAsLoud: 'Make your voice as loud as the others’',
  singSomeNotesNowAs: 'Sing some notes now, as loud as you will sing later, until the bar is full.',
  howFarTheMeasuringIs: 'How far the measuring is',
  howLoudYouAre: 'How loud you are',
  singSomeNotesForFive: 'Sing some notes for five seconds, as loud as you will sing later. Nobody hears it.',
  measured: ({ gainWords }: { gainWords: string }) => `Measured. ${gainWords}`,
  measuredAlready: 'Measured already',
  setByHand: 'Set by hand',
  betweenSongsItCanBe: 'Between songs, it can be measured here.',
  stop: 'Stop',
  singNow: 'Sing now',
  singAgain: 'Sing again',
  madeLouder: ({ db }: { db: number }) => `Your voice is made louder by ${db} dB, so that all voices are alike.`,
  madeSofter: ({ db }: { db: number }) => `Your voice is made softer by ${db} dB, so that all voices are alike.`,
};
