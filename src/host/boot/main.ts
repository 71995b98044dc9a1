process.stderr.write('tocsin: no command yet\n');
process.exitCode = 2;
