import type { Words } from '../en/index.js';

export const net: Words['net'] = {
  theServerGaveAnAnswer: 'Le serveur a donné une réponse que cette page ne comprend pas. Rechargez la page.',
  theServerDoesNotAnswer: 'Le serveur ne répond pas. Il est peut-être très occupé, ou votre réseau très lent : réessayez dans un instant.',
  theServerCannotBeReached: 'Le serveur est injoignable. Vérifiez votre réseau, puis réessayez.',
  theFileIsTooLarge: 'Le fichier est trop grand.',
  theServerIsTooBusy: 'Le serveur est trop occupé en ce moment. Réessayez dans un instant.',
  theServerAnsweredWithAn: ({ status }) => `Le serveur a répondu par une erreur (${status}). Réessayez dans un instant.`,
  theUploadBrokeOffAnd: 'L’envoi s’est interrompu et n’a pas pu reprendre pendant cinq minutes. Vérifiez votre réseau, puis réessayez.',
  theUploadWasStopped: 'L’envoi a été arrêté.',
  somethingBetweenYouAndThe:
    'Quelque chose entre vous et le serveur (un proxy) refuse des fichiers de cette taille. Qui gère ce serveur peut l’y permettre ; un fichier plus court ou plus petit (MP3) passera peut-être.',
};
