/** A WebAssembly file as the build bundles it for the command line: compressed by gzip. */
declare module '*.wasm' {
  const compressed: Uint8Array;
  export default compressed;
}
