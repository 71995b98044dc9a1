import { describe, expect, test } from 'vitest';
import { recordedTerminal } from '../../../test/kit/terminal.ts';
import type { Command, CommandRow, ExitCode, Order } from './command.ts';
import { runCommandLine } from './command-line.ts';

interface Ran {
  readonly code: ExitCode;
  readonly out: string;
  readonly err: string;
  readonly order: Order | null;
}

async function run(...words: readonly string[]): Promise<Ran> {
  const terminal = recordedTerminal();
  let order: Order | null = null;
  const ring: Command = {
    usage: 'BELL... [--times N] [--loud]',
    about: ['Rings the bells.'],
    options: {
      times: { value: 'N', says: 'how often' },
      loud: { value: null, says: 'wake everybody' },
    },
    run: async (given) => {
      order = given;
      if (given.arguments.length === 0) return { wrongUse: 'name a bell' };
      if (given.arguments[0] === 'cracked') throw new Error('clapper\u001B[2J fell');
      return given.given('loud') ? 1 : 0;
    },
  };
  const commands: readonly CommandRow[] = [
    { name: 'ring', summary: 'rings bells', load: async () => ring },
    {
      name: 'cast',
      summary: 'casts bells',
      load: () => Promise.reject(new Error('loaded without need')),
    },
  ];
  const surroundings = { terminal, onInterrupt: () => undefined };
  const code = await runCommandLine(words, { commands, version: '1.2.3' }, surroundings);
  return { code, out: terminal.out(), err: terminal.err(), order };
}

describe('the command line', () => {
  test.each<[string, readonly string[]]>([
    ['help', ['help']],
    ['--help', ['--help']],
    ['-h', ['-h']],
  ])('%s lists the table on standard output', async (_, words) => {
    const { code, out, err } = await run(...words);
    expect(code).toBe(0);
    expect(out).toContain('  ring  rings bells\n  cast  casts bells\n');
    expect(err).toBe('');
  });

  test.each([
    ['help', 'ring'],
    ['ring', '--help'],
    ['ring', '-h', 'x'],
  ])('%s %s helps', async (...words) => {
    const { code, out } = await run(...words.filter((word) => word !== undefined));
    expect(code).toBe(0);
    expect(out).toContain('usage: tocsin ring BELL... [--times N] [--loud]\n\nRings the bells.');
    expect(out).toContain('  --times N  how often\n  --loud     wake everybody\n');
  });

  test.each(['--version', '-V', 'version'])('%s prints the version', async (word) => {
    expect(await run(word)).toMatchObject({ code: 0, out: 'tocsin 1.2.3\n', err: '' });
  });

  test('arguments, options and switches reach the command', async () => {
    const { code, order } = await run('ring', 'a', '--times', '3', '--', '--b');
    expect(code).toBe(0);
    expect(order?.arguments).toEqual(['a', '--b']);
    expect(order?.option('times')).toBe('3');
    expect(order?.given('loud')).toBe(false);
    expect(order?.option('loud')).toBeNull();
  });

  test('what a command answers is the exit code', async () => {
    expect((await run('ring', 'a', '--loud')).code).toBe(1);
  });

  test.each<[string, readonly string[], string]>([
    ['no command', [], 'usage: tocsin COMMAND'],
    ['an unknown command', ['toll'], 'tocsin: there is no command "toll": see "tocsin help"'],
    ['a misspelt command', ['rign'], 'did you mean "ring"?'],
    ['help for an unknown command', ['help', 'toll'], 'no command "toll"'],
    ['help for two', ['help', 'ring', 'cast'], 'help takes one command'],
    ['an unknown option first', ['--loud'], 'tocsin: there is no option "--loud"'],
    ['an unknown option', ['ring', 'a', '--soft'], 'ring: there is no option "--soft"'],
    ['a misspelt option', ['ring', 'a', '--tims=3'], 'did you mean --times?'],
    ['a short option', ['ring', '-x'], 'ring: there is no option "-x"'],
    ['an object member', ['ring', '--constructor'], 'there is no option "--constructor"'],
    ['a missing value', ['ring', 'a', '--times'], '--times needs a value: --times N'],
    ['an empty value', ['ring', 'a', '--times='], '--times needs a value'],
    ['an option for a value', ['ring', 'a', '--times', '--loud'], '--times needs a value'],
    ['a value for a switch', ['ring', 'a', '--loud=yes'], '--loud takes no value'],
    ['an option twice', ['ring', 'a', '--loud', '--loud'], '--loud is given twice'],
    ['what the command refuses', ['ring'], 'tocsin: ring: name a bell\nusage: tocsin ring BELL...'],
    ['an escape in a word', ['\u001B[2J'], '[U+001B]'],
  ])('%s is wrong use: 2, on standard error', async (_, words, said) => {
    const { code, out, err } = await run(...words);
    expect(err).toContain(said);
    expect(err).not.toContain('\u001B');
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });

  test.each([['ring', 'cracked'], ['cast']])(
    'a defect ends in 3 with its stack (%s)',
    async (...words) => {
      const { code, err } = await run(...words);
      expect(code).toBe(3);
      expect(err).toContain('defect in Tocsin');
      expect(err).toMatch(/\n {4}at /);
      expect(err).not.toContain('\u001B');
    },
  );
});
