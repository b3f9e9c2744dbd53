// Starts the page.
import { render } from 'preact';
import { App } from './app.js';
import { followAddress } from './routes.js';

followAddress();
render(<App />, document.getElementById('page') as HTMLElement);
