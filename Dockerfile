# Builds the published, ReadyToRun gwctl and puts it, alone, into a small runtime image without a shell.
#   docker build -t gwctl .
#   docker run --rm -v "$PWD/examples:/specs:ro" gwctl validate -f /specs/quickstart
FROM mcr.microsoft.com/dotnet/sdk:10.0.401-noble AS build
WORKDIR /source

# Restore first: this layer is kept as long as no project file changes.
COPY global.json Directory.Build.props Directory.Packages.props .editorconfig ./
COPY src/Gwctl.Core/*.csproj src/Gwctl.Core/
COPY src/Gwctl.Compiler/*.csproj src/Gwctl.Compiler/
COPY src/Gwctl.Verification/*.csproj src/Gwctl.Verification/
COPY src/Gwctl.Engine/*.csproj src/Gwctl.Engine/
COPY src/Gwctl.Cutover/*.csproj src/Gwctl.Cutover/
COPY src/Gwctl.Kubernetes/*.csproj src/Gwctl.Kubernetes/
COPY src/Gwctl.Controller/*.csproj src/Gwctl.Controller/
COPY src/Gwctl.Sandbox/*.csproj src/Gwctl.Sandbox/
COPY src/Gwctl.Trials/*.csproj src/Gwctl.Trials/
COPY src/Gwctl.Cli/*.csproj src/Gwctl.Cli/
COPY providers/Gwctl.Providers.Aws/*.csproj providers/Gwctl.Providers.Aws/
COPY providers/Gwctl.Providers.Gcp/*.csproj providers/Gwctl.Providers.Gcp/
ARG TARGETARCH=amd64
RUN dotnet restore src/Gwctl.Cli -r "linux-$([ "$TARGETARCH" = amd64 ] && echo x64 || echo "$TARGETARCH")"

COPY src src
COPY providers providers
COPY examples/in-cluster/base/crds.yaml examples/in-cluster/base/
RUN dotnet publish src/Gwctl.Cli -c Release --no-restore -o /app \
      -r "linux-$([ "$TARGETARCH" = amd64 ] && echo x64 || echo "$TARGETARCH")"

# Chiselled: no shell, no package manager, and a user that is not root (APP_UID).
FROM mcr.microsoft.com/dotnet/aspnet:10.0.12-noble-chiseled AS runtime
COPY --from=build /app /opt/gwctl
USER $APP_UID
WORKDIR /work
ENTRYPOINT ["/opt/gwctl/gwctl"]
