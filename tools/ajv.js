// Compiles every schema of a site with ajv in strict mode and validates every document that names one.
// node ajv.js <node_modules> <site>; prints the findings, and in the last line how many documents it saw.
const fs = require("fs");
const path = require("path");
const [modules, site] = process.argv.slice(2);
const Ajv = require(path.join(modules, "ajv", "dist", "2020")).default;
const formats = require(path.join(modules, "ajv-formats")).default;

const filesOf = (folder) =>
  fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const name = path.join(folder, entry.name);
    return entry.isDirectory() ? filesOf(name) : name.endsWith(".json") ? [name] : [];
  });
const read = (name) => JSON.parse(fs.readFileSync(name, "utf8"));

const ajv = new Ajv({ strict: true, allErrors: true, logger: false });
formats(ajv);
const compiled = {};
for (const name of filesOf(path.join(site, "api/v1/schemas"))) {
  const schema = read(name);
  try {
    compiled[schema.$id] = ajv.compile(schema);
  } catch (error) {
    console.log(`${path.relative(site, name)}: ${error.message}`);
  }
}
let seen = 0;
for (const name of filesOf(path.join(site, "api/v1"))) {
  const value = read(name);
  if (!value.schema) continue;
  seen += 1;
  const validate = compiled[value.schema];
  if (!validate || !validate(value)) {
    const why = validate ? ajv.errorsText(validate.errors.slice(0, 2)) : `no schema ${value.schema}`;
    console.log(`${path.relative(site, name)}: ${why}`);
  }
}
console.log(seen);
