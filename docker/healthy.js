// Ends well if the url that is given answers with success: the health check of the image, which holds no curl.
const answerTimeoutMs = 4_000;

fetch(process.argv[2], { signal: AbortSignal.timeout(answerTimeoutMs) }).then(
  (response) => process.exit(response.ok ? 0 : 1),
  () => process.exit(1),
);
