/**
 * YAML as nearly all templates are written: collections by indentation and between brackets, scalars with and without quotes, block scalars, tags of one's own,
 * comments, several documents, line ends of Unix and Windows. It is read in a fraction of the time that the library takes, and to the same trees; whatever is written
 * in another way (directives, complex keys, tags of YAML itself) or is broken is left to the library.
 */
import type { Tree } from '../tree';
import { BlockReader } from './block';
import { behindSpaces, finishLine, nextLine, NOT_SIMPLE } from './cursor';
import { emptyTree } from './flow-scalar';
import { readProperties } from './properties';

/**
 * The trees of the documents; undefined where the text is not that simple.
 * @param isLenient reads quoted scalars whose lines stand no further in than their key, too. The library cuts them off at the end of their line, and with them
 * all that follows; the parsers that CloudFormation and Ansible use take them.
 */
export function readSimpleYaml(text: string, isLenient = false): readonly Tree[] | undefined {
  if (text.includes('\r') && /\r(?!\n)/.test(text)) return undefined;
  try {
    return documents(new BlockReader(text, isLenient));
  } catch (error) {
    if (error === NOT_SIMPLE) return undefined;
    throw error;
  }
}

function documents(reader: BlockReader): readonly Tree[] {
  const { text } = reader;
  const trees: Tree[] = [];
  // A byte order mark. The library takes what is indented on its line for something else.
  if (text.startsWith('\uFEFF')) {
    reader.at = 1;
    if (/^\uFEFF(?!---)[- \t]/.test(text)) throw NOT_SIMPLE;
  }
  for (;;) {
    let tag: string | undefined;
    let line = nextLine(reader);
    reader.at = line.start;
    if (line.start === text.length) return trees;
    if (line.indent < 0) {
      // Dots end a document, and there is none.
      if (text.startsWith('.', line.start)) throw NOT_SIMPLE;
      const at = behindSpaces(text, reader.at + 3);
      reader.at = at;
      const properties = readProperties(reader);
      ({ tag } = properties);
      if (properties.anchor !== undefined) throw NOT_SIMPLE;
      finishLine(reader);
      line = nextLine(reader);
      reader.at = line.start;
      if (line.indent < 0) {
        if (tag !== undefined) throw NOT_SIMPLE;
        trees.push(emptyTree(text, at, tag));
      }
    }
    if (line.indent >= 0) {
      reader.anchors.clear();
      const { tree } = reader.block(line.indent, 0);
      trees.push(tag === undefined ? tree : { ...tree, tag });
      // What stands further out than all the rest is broken.
      line = nextLine(reader);
      if (line.indent >= 0) throw NOT_SIMPLE;
      reader.at = line.start;
    }
    if (text.startsWith('...', reader.at)) {
      reader.at += 3;
      finishLine(reader);
    }
  }
}
