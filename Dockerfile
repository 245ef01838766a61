# The portal without PostgreSQL: the database and the other stores are services of their own (docker-compose.yml).
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /src

# Restored first, from the project files alone, so that a change of code does not fetch every package again.
COPY global.json Directory.Build.props Directory.Packages.props BannedSymbols.txt .editorconfig ./
COPY build/BlazorScript.targets build/
COPY DrAssistant.Data/DrAssistant.Data.csproj DrAssistant.Data/
COPY DrAssistant.Portal/DrAssistant.Portal.csproj DrAssistant.Portal/
RUN dotnet restore DrAssistant.Portal

COPY DrAssistant.Data/ DrAssistant.Data/
COPY DrAssistant.Portal/ DrAssistant.Portal/
RUN dotnet publish DrAssistant.Portal -c Release --no-restore -o /portal

FROM mcr.microsoft.com/dotnet/aspnet:10.0
# libmongoc for the document store (Debian's name first, Ubuntu's second), ICU and tzdata for names and the practice's time zone, curl for the health check, openssl for the certificates of the stores,
# Noto for printed prescriptions.
RUN apt-get update \
 && apt-get install -y --no-install-recommends curl openssl tzdata libicu-dev fonts-noto-core \
 && (apt-get install -y --no-install-recommends libmongoc-1.0-0t64 || apt-get install -y --no-install-recommends libmongoc-1.0-0) \
 && rm -rf /var/lib/apt/lists/*

WORKDIR /portal
COPY --from=build /portal ./

# What the portal writes (keys, temporary files) is on a volume that its user owns; the program itself belongs to root.
RUN install -d -o "$APP_UID" -g "$APP_UID" -m 0700 /data
VOLUME /data
USER $APP_UID

ENV ASPNETCORE_HTTP_PORTS=8080 \
    Clinic__DataFolder=/data
EXPOSE 8080
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 \
  CMD ["curl", "--fail", "--silent", "--show-error", "--output", "/dev/null", "http://localhost:8080/health/live"]
ENTRYPOINT ["./DrAssistant.Portal"]
