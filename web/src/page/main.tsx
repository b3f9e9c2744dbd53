// Starts the page.
import { render } from 'preact';
import { App } from './app.js';
import { keepFocus } from './focus_keeper.js';
import { startLanguage } from '../features/language/language.js';
import { followTheme } from '../features/theme/theme.js';
import { takeOrganiserKeys } from './organiser_address.js';
import { followAddress } from './routes.js';

followTheme();
takeOrganiserKeys();
followAddress();
keepFocus();
void startLanguage().then(() => render(<App />, document.getElementById('page') as HTMLElement));
