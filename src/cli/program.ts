import { Command, Option } from 'commander';
import type { EnforceOptions } from './enforce/options';
import type { LintOptions } from './lint';
import { FORMATS } from './reporters/report';
import { SEVERITIES } from './severity';
import type { Surroundings } from './surroundings';

/** What the subcommands do. */
export interface Actions {
  lint(paths: readonly string[], options: LintOptions): Promise<void>;
  enforce(options: EnforceOptions): Promise<void>;
  rules(id: string | undefined): void;
  lsp(): void;
}

const LINT_HELP = `
PATH is a file, a folder or - for standard input. A file that is named is always linted; a folder is
walked, leaving out what .gitignore and the "ignore" of .ec2-warden.yaml name, .git and node_modules.

With --fix, standard input comes out fixed on standard output, and the report goes to standard error.

Exit status:
  0  nothing was found at or above --fail-on
  1  something was found
  2  the run itself failed: a bad option, or a file that could not be read or written

Examples:
  $ ec2-warden lint .
  $ ec2-warden lint --fix user-data.sh
  $ ec2-warden lint --fix-dry-run . | patch -p1
  $ ec2-warden lint --format sarif . > ec2-warden.sarif
  $ terraform output -raw user_data | ec2-warden lint --stdin-filename user-data.sh`;

const ENFORCE_HELP = `
A plan is written by EC2 Warden in the editor ("Export as Plan…"), for one account. What is there already
is not sent again. What the plan says will break something is left alone without --allow-breaking.

Exit status:
  0  all is as the plan wants it, or, with --dry-run, could be made so
  1  something was refused, failed, was left alone or is not there
  2  the run itself failed: a plan that cannot be read or is of another account, no credentials, nobody
     to ask, an answer of no

Examples:
  $ ec2-warden enforce --plan imdsv2.ec2-warden-plan.json --profile production --dry-run
  $ ec2-warden enforce --plan imdsv2.ec2-warden-plan.json --profile production --yes`;

/** The command line as commander parses it. Options that it refuses are thrown as CommanderError, after it said why. */
export function commandLine(version: string, actions: Actions, { stdout, stderr }: Surroundings): Command {
  const program = new Command('ec2-warden')
    .description('Finds and fixes what lets EC2 credentials be stolen: IMDSv1 calls, open credential files and more.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => {
        stdout.write(text);
      },
      writeErr: (text) => {
        stderr.write(text);
      },
      outputError: (text, write) => {
        write(`ec2-warden: ${text.replace(/^error: /, '')}`);
      },
      getOutHelpWidth: () => stdout.columns ?? 100,
      getErrHelpWidth: () => stderr.columns ?? 100,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    });
  program.showHelpAfterError('Run "ec2-warden --help" for the commands; "ec2-warden lint FILE" lints a file.');

  program
    .command('lint')
    .showHelpAfterError('Run "ec2-warden lint --help" for the options.')
    .summary('find, and with --fix put right, what is wrong in scripts and templates')
    .description('Finds, and with --fix puts right, what lets EC2 credentials be stolen in scripts and templates.')
    .argument('[PATH...]', 'files, folders, or - for standard input')
    .addOption(new Option('--format <format>', 'how to report').choices(FORMATS).default('text'))
    .option('--fix', 'apply the fixes that are safe, and show what they changed')
    .addOption(
      new Option('--fix-dry-run', 'print what --fix would change as a diff for patch -p1; write nothing').conflicts(
        'fix',
      ),
    )
    .option('--rule <ID=SEVERITY>', 'report a rule as error, warning, information, hint or off (repeatable)', append)
    .addOption(
      new Option('--fail-on <severity>', 'least severity that makes the exit status 1')
        .choices(SEVERITIES)
        .default('warning'),
    )
    .option('--stdin-filename <file>', 'the name to report standard input by, and to tell its kind from')
    .addHelpText('after', LINT_HELP)
    .action((paths: string[], options: LintOptions) => actions.lint(paths, options));

  program
    .command('enforce')
    .showHelpAfterError('Run "ec2-warden enforce --help" for the options.')
    .summary('carry out a plan: require IMDSv2 on instances of an account')
    .description('Shows what a plan would change on instances of an account, asks, and changes it.')
    .requiredOption('--plan <file>', 'the plan; - for standard input')
    .option('--profile <name>', 'the AWS profile to use; otherwise what the AWS CLI would use')
    .addOption(
      new Option('--dry-run', 'show it, and ask AWS whether it would be allowed; change nothing').conflicts('yes'),
    )
    .option('--yes', 'do not ask')
    .option('--allow-breaking', 'also change what the plan says will break something')
    .option('--log <file>', 'write the changes down there instead of in your folder for such things')
    .addHelpText('after', ENFORCE_HELP)
    .action((options: EnforceOptions) => actions.enforce(options));

  program
    .command('rules')
    .summary('list the rules, or say all about one')
    .description('Lists the rules, or says all about one.')
    .argument('[ID]', 'a rule')
    .action((id: string | undefined) => {
      actions.rules(id);
    });

  program
    .command('lsp')
    .summary('speak the Language Server Protocol, for editors')
    .description('Speaks the Language Server Protocol, for editors.')
    .requiredOption('--stdio', 'over standard input and output')
    // Language clients add this of themselves; vscode-languageserver reads it.
    .addOption(new Option('--clientProcessId <id>').hideHelp())
    .action(() => {
      actions.lsp();
    });

  return program;
}

function append(value: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, value];
}
