import { createClusterer, sketchText } from '../src/core/campaign/index.ts';
import { realMailBodies } from './generator/real-mail.ts';

/** `node bench/campaign.ts`: streaming rate and memory on real mail, CPU time (user + system). */
const bodies = realMailBodies();
const rounds = Math.max(1, Math.round(24_000 / bodies.length));

function cpuSeconds(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

const held: unknown[] = [];
const units = bodies.reduce((sum, body) => sum + body.length, 0);
const seconds = cpuSeconds(() => {
  for (let round = 0; round < rounds; round++) {
    const clusterer = createClusterer();
    for (const [at, body] of bodies.entries()) clusterer.add(String(at), sketchText(body));
    held[0] = clusterer;
  }
});
const messages = bodies.length * rounds;
process.stdout.write(
  `streaming, SpamAssassin bodies: ${Math.round(messages / seconds)} messages/CPU-s, ` +
    `${((units * rounds) / seconds / 1e6).toFixed(1)} MB/CPU-s (${messages} messages, mean ${Math.round(units / bodies.length)} characters)\n`,
);
