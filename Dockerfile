# Images of the platform, one target each: docker build --target engine .   Without a target it is web.
# It builds with Docker 20.10's own builder too: no syntax line, no heredocs, no COPY --link, no cache mounts.
ARG NODE_IMAGE=node:22-bookworm-slim
# Web and api run on a plain Debian with the node program alone, which is half the size.
ARG DEBIAN_IMAGE=debian:bookworm-slim

# What npm needs to know of all workspaces, since the lock is one.
FROM ${NODE_IMAGE} AS manifests
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY web/package.json web/
COPY api/package.json api/
COPY judge0/engine/package.json judge0/engine/
COPY ops/package.json ops/

# Setup, doctor and the other commands of the operators, for hosts without Node: ops/run.sh says how it is called.
FROM manifests AS ops
RUN npm ci -w ops -w judge0/engine --omit=dev --omit=peer \
  && npm cache clean --force
COPY tsconfig.base.json ./
COPY judge0/engine/src/ judge0/engine/src/
COPY api/ api/
COPY ops/ ops/
RUN chmod -R u=rwX,go=rX api ops judge0
ARG VERSION=unknown
ARG REVISION=unknown
LABEL org.opencontainers.image.title="coding-platform ops" \
  org.opencontainers.image.description="Commands of whoever runs the platform: setup, doctor" \
  org.opencontainers.image.version="${VERSION}" \
  org.opencontainers.image.revision="${REVISION}" \
  org.opencontainers.image.licenses="UNLICENSED"
USER 1001:1001
HEALTHCHECK NONE
ENTRYPOINT ["node", "--import", "tsx"]
CMD ["ops/doctor/main.ts"]

# Once for all images: what is built, and what their programs are traced in. Whoever checked the files out may have kept
# them to themselves (umask 077), and our programs run as somebody else.
FROM manifests AS all-packages
RUN npm ci --include=dev \
  && npm cache clean --force
COPY tsconfig.base.json ./
COPY ops/images/ ops/images/
RUN chmod -R u=rwX,go=rX ops/images

# For docker-compose.dev.yml, which mounts the source.
FROM all-packages AS development

# What is copied into an image is what its programs import, about a tenth of what npm installs for them.
FROM all-packages AS api-build
COPY api/ api/
RUN npm run build -w api \
  && find api/dist api/supabase \( -name '*.test.*' -o -name '*.d.ts' -o -name '*.ts' \) -type f -delete \
  && node ops/images/trace-packages.mjs /packages --whole swagger-ui-dist \
    api/dist/server.js api/dist/grader.js api/dist/bootstrap-database.js api/dist/migrate.js api/dist/first-admin.js \
  && mkdir -p /packages/node_modules /packages/api/node_modules \
  && chmod -R u=rwX,go=rX /packages api

# Web's pages check their forms by the api's schemas.
FROM all-packages AS web-build
COPY api/ api/
COPY web/ web/
# Shown to administrators at /admin/runbook.
COPY ops/runbook/ ops/runbook/
RUN npm run build -w web \
  && node ops/images/trace-packages.mjs /packages --ignore 'node_modules/vite/**' \
    web/build/server.js web/build/server/index.js \
  && mkdir -p /packages/node_modules /packages/web/node_modules \
  && chmod -R u=rwX,go=rX /packages web ops/runbook

# Names of functions inside the node program are of use to its developers only: 18 MB.
FROM ${NODE_IMAGE} AS node
RUN apt-get update \
  && apt-get install -y --no-install-recommends binutils tini \
  && rm -rf /var/lib/apt/lists/* \
  && strip --strip-unneeded -o /usr/local/bin/node-stripped /usr/local/bin/node

# The node program, a first process that buries orphans, and an account of nobody.
FROM ${DEBIAN_IMAGE} AS runtime
COPY --from=node /usr/local/bin/node-stripped /usr/local/bin/node
COPY --from=node /usr/bin/tini-static /usr/bin/tini
RUN useradd --uid 1001 --user-group --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin platform \
  && find / -xdev -type f -perm /6000 -exec chmod a-s '{}' +
COPY --from=all-packages /app/ops/images/health-check.mjs /app/
ENV NODE_ENV=production HOST=0.0.0.0
USER 1001:1001
STOPSIGNAL SIGTERM
ENTRYPOINT ["/usr/bin/tini", "--"]

# One image, by command: node dist/server.js (the api), dist/grader.js, dist/bootstrap-database.js, dist/migrate.js,
# dist/first-admin.js.
FROM runtime AS api
WORKDIR /app/api
COPY --from=api-build /packages/ /app/
COPY --from=api-build /app/api/package.json ./
COPY --from=api-build /app/api/supabase/ supabase/
COPY --from=api-build /app/api/dist/ dist/
ARG VERSION=unknown
ARG REVISION=unknown
LABEL org.opencontainers.image.title="coding-platform api" \
  org.opencontainers.image.description="Api and grader of the platform, and what sets up its database" \
  org.opencontainers.image.version="${VERSION}" \
  org.opencontainers.image.revision="${REVISION}" \
  org.opencontainers.image.licenses="UNLICENSED"
ENV API_PORT=4000 BUILD_REVISION="${REVISION}"
EXPOSE 4000
HEALTHCHECK --interval=15s --timeout=10s --start-period=60s --retries=4 \
  CMD ["node", "/app/health-check.mjs", "http://127.0.0.1:4000/api/ready"]
CMD ["node", "dist/server.js"]

# The C compiler is for the PID-1 helper, which is static: the image that runs may be another.
FROM all-packages AS engine-build
RUN apt-get update \
  && apt-get install -y --no-install-recommends gcc libc6-dev \
  && rm -rf /var/lib/apt/lists/*
COPY judge0/engine/ judge0/engine/
RUN npm run build -w judge0/engine \
  && test -n "$(ls judge0/engine/dist/native)" \
  && node ops/images/trace-packages.mjs /packages \
    judge0/engine/dist/server.js judge0/engine/dist/health-check.js judge0/engine/dist/languages/check.js \
  && mkdir -p /packages/node_modules /packages/judge0/engine/node_modules \
  && cd judge0/engine \
  && find dist -name '*.test.*' -delete \
  && rm -rf dist/bench dist/conformance dist/container dist/hostile dist/testing \
    dist/tsconfig.tsbuildinfo conformance container node_modules src \
  && chmod -R u=rwX,go=rX . /packages

# Judges learners' programs. Start it as in judge0/engine/container/compose.engine.yml: it needs no privileges, but
# Docker's default seccomp profile and masked /proc keep bubblewrap from working.
FROM ${NODE_IMAGE} AS engine
# school, all, or Judge0's ids of the languages wanted, as in 46,50,71
ARG LANGUAGES=school
WORKDIR /app/judge0/engine
RUN apt-get update \
  && apt-get install -y --no-install-recommends bubblewrap procps tini \
  && rm -rf /var/lib/apt/lists/* \
  && useradd --uid 1001 --user-group --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin engine
# Only the table of languages, so that a change elsewhere does not install the compilers anew.
COPY judge0/engine/install-languages.sh judge0/engine/package.json ./
COPY --from=engine-build \
  /app/judge0/engine/dist/languages/packages.js \
  /app/judge0/engine/dist/languages/table.js \
  /app/judge0/engine/dist/languages/*-languages.js \
  dist/languages/
RUN sh install-languages.sh "${LANGUAGES}" \
  && rm -rf /var/lib/apt/lists/* /var/cache/apt/* \
  && find / -xdev -type f -perm /6000 -exec chmod a-s '{}' +
COPY --from=engine-build /packages/ /app/
COPY --from=engine-build /app/judge0/engine/ ./

ARG VERSION=unknown
ARG REVISION=unknown
LABEL org.opencontainers.image.title="coding-platform engine" \
  org.opencontainers.image.description="Runs learners' programs behind Judge0's HTTP API, without privileges" \
  org.opencontainers.image.version="${VERSION}" \
  org.opencontainers.image.revision="${REVISION}" \
  org.opencontainers.image.licenses="UNLICENSED"
ENV NODE_ENV=production HOST=0.0.0.0 PORT=2358 BUILD_REVISION="${REVISION}"
USER 1001:1001
EXPOSE 2358
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 CMD ["node", "dist/health-check.js"]
# tini buries the orphans of killed boxes.
ENTRYPOINT ["/usr/bin/tini", "--"]
CMD ["node", "dist/server.js"]

# The pages. The last one, so that it is what `docker build .` makes.
FROM runtime AS web
WORKDIR /app/web
COPY --from=web-build /packages/ /app/
COPY --from=web-build /app/web/package.json ./
COPY --from=web-build /app/web/build/ build/
COPY --from=web-build /app/ops/runbook/ /app/ops/runbook/
ARG VERSION=unknown
ARG REVISION=unknown
LABEL org.opencontainers.image.title="coding-platform web" \
  org.opencontainers.image.description="Pages of the platform" \
  org.opencontainers.image.version="${VERSION}" \
  org.opencontainers.image.revision="${REVISION}" \
  org.opencontainers.image.licenses="UNLICENSED"
ENV WEB_PORT=3000 BUILD_REVISION="${REVISION}"
EXPOSE 3000
HEALTHCHECK --interval=15s --timeout=10s --start-period=60s --retries=4 \
  CMD ["node", "/app/health-check.mjs", "http://127.0.0.1:3000/login"]
CMD ["node", "build/server.js"]
