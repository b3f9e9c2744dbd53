// Prints what measure.ts measures, as one JSON object with times in ms. After `npm run build`:
//   ROUNDELAY=path/to/program npm run --silent latency
// LATENCY_BLOCKS: blocks per message (1); 0: as the server chooses.
import { openBrowser } from './browser.js';
import { makeChoir, measureJoin, measureLoop } from './measure.js';
import { Server } from './server.js';

const PROBING_S = 12;
const LOOP_S = 30;
const VISITS = 5;

const server = await Server.start(1, { blocks_per_message: Number(process.env['LATENCY_BLOCKS'] ?? 1) });
const browser = await openBrowser();
try {
  const loop = await measureLoop(server, browser, PROBING_S, LOOP_S);
  const join = await measureJoin(server, browser, VISITS, await makeChoir(server));
  console.log(JSON.stringify({ loop, join }));
} finally {
  await browser.close();
  await server.stop();
}
