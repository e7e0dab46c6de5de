// Reads one JSON line {kind, text} at a time and answers with {text, content}: what Bruno writes after
// reading the text, as YAML and as JSON; or with {error}, what it says.
import { createInterface } from 'node:readline';
import * as bruno from '@usebruno/filestore';
import { parse } from 'yaml';

const format = { format: 'yml' };

const again = {
  request: (text) => bruno.stringifyRequest(bruno.parseRequest(text, format), format),
  folder: (text) => bruno.stringifyFolder(bruno.parseFolder(text, format), format),
  root: (text) => {
    const { collectionRoot, brunoConfig } = bruno.parseCollection(text, format);
    return bruno.stringifyCollection(collectionRoot, brunoConfig, format);
  },
  environment: (text) => bruno.stringifyEnvironment(bruno.parseEnvironment(text, format), format),
};

// Its own messages would stand between the answers.
for (const level of ['log', 'warn', 'error']) console[level] = () => {};

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(answer(JSON.parse(line)))}\n`);
}

function answer({ kind, text }) {
  try {
    const written = again[kind](text);
    return { text: written, content: parse(written) };
  } catch (error) {
    return { error: String(error) };
  }
}
