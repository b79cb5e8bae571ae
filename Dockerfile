# One image for all of Dunwell's own processes; docker-compose.yml says which command each of them runs.
FROM node:20-bookworm-slim
WORKDIR /app
COPY . .
RUN sh docker/build.sh && mkdir -p /data && chown node:node /data
USER node
ENV NODE_ENV=production DUNWELL_HOST=0.0.0.0 DUNWELL_DATA=/data
EXPOSE 4000 4001
CMD ["node", "--import", "tsx", "api/main.ts"]
