using Grpc.Core;
using Platform.Access;
using Platform.Errors;
using Platform.Metadata.Shapes;

namespace Platform.Metadata.Packages;

/// <summary>The RPC table of metadata as a document.</summary>
internal sealed class MetadataPackagesService(ShapeWork work, PackageSteps steps) : V1.MetadataPackagesService.MetadataPackagesServiceBase
{
    [Permission(Permissions.Read)]
    public override async Task<V1.ExportMetadataResponse> ExportMetadata(V1.ExportMetadataRequest request, ServerCallContext context) =>
        new() { Document = PackageDocument.Write(await work.Db.ReadPackageAsync(context.CancellationToken)) };

    [Permission(Permissions.Read)]
    public override Task<V1.CompareMetadataResponse> CompareMetadata(V1.CompareMetadataRequest request, ServerCallContext context) =>
        Packages.CompareMetadata.Handle(request, work, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<V1.ApplyMetadataResponse> ApplyMetadata(V1.ApplyMetadataRequest request, ServerCallContext context) =>
        Packages.ApplyMetadata.Handle(request, work, steps, context.CancellationToken).Reply();

    [Permission(Permissions.Read)]
    public override Task<V1.ListMetadataVersionsResponse> ListMetadataVersions(V1.ListMetadataVersionsRequest request, ServerCallContext context) =>
        ListVersions.Handle(request, work, context.CancellationToken).Reply();

    [Permission(Permissions.Read)]
    public override Task<V1.MetadataVersion> GetMetadataVersion(V1.GetMetadataVersionRequest request, ServerCallContext context) =>
        GetVersion.Handle(request.Id, work, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<V1.ApplyMetadataResponse> RestoreMetadataVersion(V1.RestoreMetadataVersionRequest request, ServerCallContext context) =>
        RestoreVersion.Handle(request, work, steps, context.CancellationToken).Reply();
}
