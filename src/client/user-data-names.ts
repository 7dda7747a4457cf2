/**
 * Names under which user data is kept, as globs over paths. A document with such a name is shown to the linter whatever its language id is;
 * the linter decides by its content whether it is a script.
 */
export const USER_DATA_PATTERNS: readonly string[] = [
  '**/user-data*',
  '**/user_data*',
  '**/userdata*',
  '**/*.sh.{j2,erb}',
  '**/*.tftpl',
];

/**
 * Those of these names that package.json gives to the language `shellscript` (`filenamePatterns`), so that they are coloured and
 * activate the extension. Such a pattern beats a file's extension and ignores case: a plain `userdata*` would colour
 * UserData.java, user_data.tf and user-data.yaml as shell. So only names are claimed to which no other language has a claim. The others
 * need none: a script that EC2 runs starts with `#!` (EC2 User Guide, "Run commands when you launch an EC2 instance with user data
 * input"), and VS Code takes a file whose name says nothing, such as `user-data-web` or `web.tftpl`, for shell by that line.
 */
export const SHELL_FILE_NAMES: readonly string[] = [
  '{user-data,user_data,userdata}',
  '{user-data,user_data,userdata}.{sh,txt,tpl,tmpl,tftpl}',
  '{user-data,user_data,userdata}[-_.]*.{txt,tpl,tmpl,tftpl}',
  '*.sh.{tpl,tmpl,tftpl}',
];
