// node run.mjs <set-up> <operation> <router> <key>: prints one line of JSON, what the operation returns or its error. Where an
// operation pauses, it prints {"paused":true} and goes on when a line comes in.
import { once } from "node:events";
import * as clients from "./clients.mjs";
import * as operations from "./operations.mjs";

globalThis.File ??= (await import("node:buffer")).File; // Node 18 has it only there

const [setUp, operation, router, key] = process.argv.slice(2);

async function pause() {
  console.log(JSON.stringify({ paused: true }));
  await once(process.stdin, "data");
  process.stdin.pause();
}

const result = await operations[operation](clients[setUp](router, key), pause).catch((error) => ({
  error: error.message,
  status: error.status,
}));
console.log(JSON.stringify(result));
