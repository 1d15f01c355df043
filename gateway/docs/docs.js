// Shows /openapi.json. Everything is made with DOM calls: nothing in the description is ever read as HTML.

const METHODS = ["post", "get", "put", "patch", "delete"];

/** An element with attributes and children; strings become text. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** Text in which `code` stands between backticks. */
function prose(text) {
  const parts = (text || "").split("`");
  return parts.map((part, number) => (number % 2 ? make("code", {}, part) : part));
}

/** What a local $ref points at. */
function follow(api, node) {
  if (!node || !node.$ref) return node || {};
  return node.$ref.slice(2).split("/").reduce((at, key) => at[key], api);
}

function refName(schema) {
  return schema && schema.$ref ? schema.$ref.split("/").pop() : "";
}

/** A schema in a few words. */
function words(schema) {
  if (!schema) return [""];
  if (schema.$ref) return [make("a", { href: `#schema-${refName(schema)}` }, refName(schema))];
  if (schema.type === "array") return ["array of ", ...words(schema.items)];
  if (schema.enum) return [schema.enum.map((value) => JSON.stringify(value)).join(" | ")];
  if (schema.anyOf) return schema.anyOf.flatMap((one, number) => (number ? [" or ", ...words(one)] : words(one)));
  const type = [].concat(schema.type || "any").join(" or ");
  const limits = [
    schema.format,
    schema.minimum !== undefined ? `${schema.minimum} to ${schema.maximum ?? ""}` : "",
    schema.maxLength !== undefined ? `${schema.minLength ?? 0} to ${schema.maxLength} code points` : "",
  ].filter(Boolean);
  return [limits.length ? `${type} (${limits.join(", ")})` : type];
}

function example(value) {
  const text = typeof value === "string" ? value : JSON.stringify(value, null, 2);
  return make("pre", { tabindex: "0" }, make("code", {}, text));
}

function media(type, body) {
  const shown = body.examples ? Object.entries(body.examples).map(([name, item]) => [name, item.value]) : [];
  if (body.example !== undefined) shown.push(["Example", body.example]);
  const list = shown.map(([name, value]) => make("details", {}, make("summary", {}, name), example(value)));
  return make("div", {}, make("p", {}, make("code", {}, type), " ", ...words(body.schema)), ...list);
}

function table(heads, rows) {
  const head = make("tr", {}, ...heads.map((text) => make("th", { scope: "col" }, text)));
  const body = rows.map((cells) => make("tr", {}, ...cells.map((cell) => make("td", {}, ...[].concat(cell)))));
  return make("table", {}, make("thead", {}, head), make("tbody", {}, ...body));
}

function parameters(api, operation) {
  const all = (operation.parameters || []).map((one) => follow(api, one));
  if (!all.length) return null;
  const rows = all.map((one) => [
    [make("code", {}, one.name), one.required ? " (required)" : ""],
    one.in,
    words(one.schema),
    prose(one.description),
  ]);
  return make("div", {}, make("h3", {}, "Parameters"), table(["Name", "In", "Value", "Meaning"], rows));
}

function responses(operation) {
  const all = Object.entries(operation.responses).map(([status, answer]) => {
    const bodies = Object.entries(answer.content || {}).map(([type, body]) => media(type, body));
    const title = make("summary", {}, make("strong", {}, status), " ", ...prose(answer.description));
    return make("details", {}, title, ...bodies);
  });
  return make("div", {}, make("h3", {}, "Answers"), ...all);
}

function section(api, path, method, operation) {
  const bodies = operation.requestBody ? Object.entries(operation.requestBody.content) : [];
  return make(
    "section",
    { class: "operation", id: operation.operationId, "aria-labelledby": `${operation.operationId}-name` },
    make(
      "h3",
      { class: "name", id: `${operation.operationId}-name` },
      make("span", { class: `method ${method}` }, method),
      make("code", {}, path),
    ),
    make("p", {}, ...prose(operation.summary)),
    make("p", { class: "soft" }, ...prose(operation.description)),
    parameters(api, operation),
    bodies.length ? make("div", {}, make("h3", {}, "Body"), ...bodies.map(([type, body]) => media(type, body))) : null,
    responses(operation),
  );
}

function schemaSection(name, schema) {
  const rows = Object.entries(schema.properties || {}).map(([field, kind]) => [
    [make("code", {}, field), (schema.required || []).includes(field) ? " (required)" : ""],
    words(kind),
    prose(kind.description),
  ]);
  return make(
    "section",
    { class: "operation", id: `schema-${name}` },
    make("h3", { class: "name" }, name),
    make("p", { class: "soft" }, ...prose(schema.description)),
    table(["Field", "Value", "Meaning"], rows),
  );
}

function show(api) {
  document.getElementById("title").textContent = `${api.info.title} API ${api.info.version}`;
  document.getElementById("about").append(...prose(api.info.description));
  const operations = Object.entries(api.paths).flatMap(([path, item]) =>
    METHODS.filter((method) => item[method]).map((method) => [path, method, item[method]]),
  );
  const main = document.getElementById("api");
  const index = document.getElementById("index");
  main.replaceChildren();
  for (const tag of api.tags) {
    const mine = operations.filter(([, , operation]) => operation.tags.includes(tag.name));
    main.append(make("h2", {}, tag.name), make("p", { class: "soft" }, tag.description));
    main.append(...mine.map(([path, method, operation]) => section(api, path, method, operation)));
    const links = mine.map(([, , operation]) =>
      make("li", {}, make("a", { href: `#${operation.operationId}` }, operation.summary)),
    );
    index.append(make("strong", {}, tag.name), make("ul", {}, ...links));
  }
  const schemas = Object.entries(api.components.schemas).filter(([, schema]) => schema.properties);
  main.append(make("h2", {}, "Schemas"), ...schemas.map(([name, schema]) => schemaSection(name, schema)));
  if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView();
}

try {
  const answer = await fetch("/openapi.json");
  if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
  show(await answer.json());
} catch (error) {
  document.getElementById("state").textContent = `The description cannot be shown: ${error.message}`;
}
