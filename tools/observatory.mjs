// MDN's scanner for a site on this machine: node observatory.mjs <its index.js> <name> <http port> <https port>
//
// It asks a name at the ports 80 and 443. As `curl --connect-to` does, both are led to other ports of this machine;
// everything else (certificates, redirections, preflights, the marks) is its own.
import { Socket } from "node:net";
import { pathToFileURL } from "node:url";

const [index, name, http, https] = process.argv.slice(2);
const ports = { 80: Number(http), 443: Number(https) };
const connect = Socket.prototype.connect;
Socket.prototype.connect = function (...words) {
  const options = Array.isArray(words[0]) ? words[0][0] : words[0];
  if (options.host !== name) {
    throw new Error(`${options.host}: another host is asked`);
  }
  Object.assign(options, { host: "127.0.0.1", port: ports[options.port] });
  return connect.apply(this, words);
};

const { scan } = await import(pathToFileURL(index));
const { scan: verdict, tests } = await scan(name);
const results = Object.fromEntries(Object.entries(tests).map(([test, { pass, result }]) => [test, { pass, result }]));
console.log(JSON.stringify({ grade: verdict.grade, score: verdict.score, tests: results }));
