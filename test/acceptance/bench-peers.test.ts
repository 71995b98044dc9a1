import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { askPython, PYTHON_PEERS } from '../../bench/peers/python.ts';

const folder = mkdtempSync(join(tmpdir(), 'tocsin-peers-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A stand-in for Python: a shell script that is asked in the same way. */
function pythonThat(name: string, body: string): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n${body}\n`);
  chmodSync(path, 0o755);
  return path;
}

const texts = [
  { id: 'a', words: ['vote', 'now', 'or', 'else'] },
  { id: 'b', words: ['vote', 'now', 'or', 'else'] },
];

describe.each(PYTHON_PEERS)('%s beside ours in the bench', (peer) => {
  test('is not here without Python', () => {
    const python = join(folder, 'no-python');
    expect(askPython(peer, texts, python)).toEqual({ here: false, why: `not here: no ${python}` });
  });

  test('is not here where Python has no such package', () => {
    const python = pythonThat('bare', '[ "$1" = -c ] && exit 1; exit 9');
    expect(askPython(peer, texts, python)).toEqual({
      here: false,
      why: `not here: ${python} has no ${peer}`,
    });
  });

  test('a peer that fails says its last line', () => {
    const python = pythonThat('broken', '[ "$1" = -c ] && exit 0; echo "no memory" >&2; exit 1');
    expect(askPython(peer, texts, python)).toEqual({ here: false, why: 'failed: no memory' });
  });

  test('its groups are read, one answer a threshold', () => {
    const answer = '{"seconds":0.5,"answers":[{"threshold":0.4,"groups":[["a","b"]]}]}';
    const python = pythonThat(
      'ready',
      `[ "$1" = -c ] && exit 0; cat > /dev/null; echo '${answer}'`,
    );
    expect(askPython(peer, texts, python)).toEqual({ here: true, ...JSON.parse(answer) });
  });
});

test('the real Python answers for both, or says what it lacks', () => {
  for (const peer of PYTHON_PEERS) {
    const answer = askPython(peer, texts);
    if (answer.here) expect(answer.answers[0]?.groups).toEqual([['a', 'b']]);
    else expect(answer.why).toMatch(/^not here: /);
  }
});
