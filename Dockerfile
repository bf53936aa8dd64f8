# One file, three images: docker build --target cloud|edge|simulators .
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /src
COPY . .
RUN dotnet publish cloud/AirIsland.Cloud -c Release -o /out/cloud \
 && dotnet publish edge/AirIsland.Edge -c Release -o /out/edge \
 && dotnet publish simulators/AirIsland.Simulators -c Release -o /out/simulators

FROM mcr.microsoft.com/dotnet/aspnet:10.0 AS base
# A volume takes over the owner of the directory it covers: the user that the image brings, who is not root.
RUN mkdir /data /pki && chown $APP_UID /data /pki
WORKDIR /app
USER $APP_UID
VOLUME /data

FROM base AS cloud
COPY --from=build /out/cloud .
ENTRYPOINT ["dotnet", "AirIsland.Cloud.dll"]

FROM base AS edge
COPY --from=build /out/edge .
ENTRYPOINT ["dotnet", "AirIsland.Edge.dll"]

FROM base AS simulators
COPY --from=build /out/simulators .
ENTRYPOINT ["dotnet", "AirIsland.Simulators.dll"]
