// CloudFormation's intrinsic functions, in the long form that JSON has.

/** @param {string} name */
export const ref = (name) => ({ Ref: name });
/** @param {string} resource @param {string} attribute */
export const attribute = (resource, attribute) => ({ 'Fn::GetAtt': [resource, attribute] });
/** @param {string} text */
export const sub = (text) => ({ 'Fn::Sub': text });
/** @param {string} between @param {unknown} parts a list, or what gives one */
export const join = (between, parts) => ({ 'Fn::Join': [between, parts] });
/** @param {number} index @param {unknown} list */
export const select = (index, list) => ({ 'Fn::Select': [index, list] });
/** @param {string} condition @param {unknown} then @param {unknown} otherwise */
export const when = (condition, then, otherwise) => ({ 'Fn::If': [condition, then, otherwise] });
/** @param {unknown} a @param {unknown} b */
export const equals = (a, b) => ({ 'Fn::Equals': [a, b] });
/** @param {unknown} condition */
export const not = (condition) => ({ 'Fn::Not': [condition] });
/** @param {readonly unknown[]} path */
export const findInMap = (...path) => ({ 'Fn::FindInMap': path });

export const NO_VALUE = ref('AWS::NoValue');
