# One image a deployable: docker build --build-arg PROJECT=cloud/AirIsland.Cloud .
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
ARG PROJECT
WORKDIR /src
COPY . .
RUN dotnet publish "$PROJECT" -c Release -o /app --nologo

FROM mcr.microsoft.com/dotnet/aspnet:10.0
ARG PROJECT
WORKDIR /app
COPY --from=build /app .
ENV PROGRAM=${PROJECT}
# The program has its project's name.
ENTRYPOINT ["/bin/sh", "-c", "exec dotnet \"/app/$(basename \"$PROGRAM\").dll\" \"$@\"", "--"]
