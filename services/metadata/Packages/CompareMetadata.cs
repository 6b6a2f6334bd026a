using Platform.Errors;
using Platform.Metadata.Shapes;

namespace Platform.Metadata.Packages;

internal static class CompareMetadata
{
    public static async Task<Result<V1.CompareMetadataResponse>> Handle(V1.CompareMetadataRequest request, ShapeWork work, CancellationToken cancellationToken)
    {
        var package = PackageDocument.Read(request.Document);
        if (package.IsError)
            return package.Error;
        var changes = PackageChange.Between(await work.Db.ReadPackageAsync(cancellationToken), package.Value, request.Prune);
        return new V1.CompareMetadataResponse { Changes = { changes.Select(change => change.ToMessage()) } };
    }
}
