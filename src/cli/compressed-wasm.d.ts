/** A WebAssembly file as the build bundles it for the command line: compressed by Brotli, in base64. */
declare module '*.wasm' {
  const compressed: string;
  export default compressed;
}
