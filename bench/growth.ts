import { clusterSketches, type SketchedText, sketchText } from '../src/core/campaign/index.ts';
import { createStream } from '../src/core/campaign/stream.ts';
import { drawCorpus } from './generator/corpus.ts';

/**
 * `node bench/growth.ts [most messages]`: cost of the stream and of the batch answer as the number
 * of messages grows tenfold, every 50,000 messages with 40 campaigns of their own. The batch is run
 * up to 100,000. CPU time is user + system; memory is what the process holds at the end.
 */
const most = Number(process.argv[2] ?? 100_000);
const CHUNK = 50_000;
const BATCH_MAX = 100_000;

function cpuSeconds(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

for (let messages = 10_000; messages <= most; messages *= 10) {
  const stream = createStream();
  const kept: SketchedText[] = [];
  let [sketching, joining] = [0, 0];
  for (let done = 0; done < messages; done += CHUNK) {
    const size = Math.min(CHUNK, messages - done);
    const corpus = drawCorpus({
      seed: 9001 + done,
      messages: size,
      campaigns: 40,
      campaignShare: 0.6,
    });
    let sketches: SketchedText[] = [];
    sketching += cpuSeconds(() => {
      sketches = corpus.messages.map(({ id, text }) => ({
        id: `${done} ${id}`,
        sketch: sketchText(text),
      }));
    });
    joining += cpuSeconds(() => {
      for (const { sketch } of sketches) stream.add(sketch.fingerprints);
    });
    if (messages <= BATCH_MAX) kept.push(...sketches);
  }
  const batch = kept.length === 0 ? null : cpuSeconds(() => clusterSketches(kept));
  process.stdout.write(
    `${String(messages).padStart(9)} messages: sketches ${sketching.toFixed(1)}, stream ${joining.toFixed(1)}, ` +
      `batch ${batch?.toFixed(1) ?? '-'} CPU-s; ${Math.round(messages / (sketching + joining))} messages/CPU-s streaming; ` +
      `index ${Math.round(stream.bytes() / messages)} bytes a message; process ${Math.round(process.memoryUsage().rss / 1e6)} MB\n`,
  );
}
