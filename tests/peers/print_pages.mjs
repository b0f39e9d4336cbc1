// Prints each HTML file named on the command line to PDF, as a browser prints it, and tells as
// JSON on how many pages, and the smallest type on it in points. With --into=FOLDER it also
// leaves a picture of the sheet there.
import { launched } from "./browser.mjs";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";

const words = process.argv.slice(2);
const into = words.find((w) => w.startsWith("--into="))?.slice("--into=".length);
const files = words.filter((w) => !w.startsWith("--"));

const smallest = () => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const sizes = [];
  while (walker.nextNode()) {
    if (walker.currentNode.data.trim()) {
      sizes.push(parseFloat(getComputedStyle(walker.currentNode.parentElement).fontSize));
    }
  }
  return Math.min(...sizes) * 0.75;
};

const browser = await launched();
const page = await browser.newPage({ viewport: { width: 794, height: 1123 } });
const refused = [];
page.on("console", (message) => message.type() === "error" && refused.push(message.text()));
const printed = {};
for (const file of files) {
  await page.goto(pathToFileURL(file).href);
  await page.emulateMedia({ media: "print" });
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
  const box = pdf.match(/\/MediaBox \[([^\]]*)\]/)[1].trim().split(/\s+/).map(Number);
  printed[basename(file)] = {
    pages: pdf.match(/\/Type \/Page\b/g).length,
    width: box[2],
    height: box[3],
    smallest: await page.evaluate(smallest),
  };
  if (into) await page.screenshot({ path: join(into, `${basename(file)}.png`), fullPage: true });
}
await browser.close();
console.log(JSON.stringify({ printed, refused }));
