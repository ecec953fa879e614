import { type RequestHandler, Router } from 'express';
import { sendRailsError } from '../http/rails-errors.js';
import type { LanguageCatalog } from './catalog.js';
import type { Language } from './language.js';

/** The languages: installed ones; all, with what is missing and how to get it; and one. */
export function languageRoutes(catalog: LanguageCatalog, guarded: RequestHandler): Router {
  const router = Router();
  router.get('/languages', guarded, (_req, res) => {
    res.json(catalog.installed().map(({ spec, name }) => ({ id: spec.id, name })));
  });
  router.get('/languages/all', guarded, (_req, res) => {
    const archived = catalog.archived().map(({ id, name }) => ({ id, name, is_archived: true }));
    res.json([...catalog.declared().map(listed), ...archived]);
  });
  router.get('/languages/:id', guarded, (req, res) => {
    const id = Number.parseInt(String(req.params.id), 10);
    const language = catalog.find(id);
    const name = catalog.nameOf(id);
    if (!language) {
      if (!name) return sendRailsError(req, res, 404);
      return void res.json({
        id,
        name,
        is_archived: true,
        source_file: null,
        compile_cmd: null,
        run_cmd: null,
      });
    }
    res.json({
      ...listed(language),
      source_file: language.spec.sourceFile,
      compile_cmd: language.compile,
      run_cmd: language.run,
    });
  });
  return router;
}

/** A language that is not installed says so, besides being out of use as an archived one is. */
function listed(language: Language): object {
  const basic = { id: language.spec.id, name: language.name, is_archived: !language.installed };
  return language.installed ? basic : { ...basic, installed: false, debian_packages: language.spec.packages };
}
