// Runs the model away from the page, which stays responsive whatever a model
// costs. Gets 8 × 8 images, answers with ten probabilities.
import {load} from './digits.mjs';

const loading = load();
loading.then(() => postMessage({ready: true}),
             (error) => postMessage({error: error.message}));

addEventListener('message', async ({data}) => {
  try {
    const model = await loading;
    const begun = performance.now();
    const {digits} = model.run({image: data.image});
    postMessage({digits, milliseconds: performance.now() - begun});
  } catch (error) {
    postMessage({error: error.message});
  }
});
