using Microsoft.EntityFrameworkCore;
using Platform.Errors;
using Platform.Metadata.Resources;
using Platform.Metadata.Shapes;

namespace Platform.Metadata.Packages;

internal static class RestoreVersion
{
    public static async Task<Result<V1.ApplyMetadataResponse>> Handle(V1.RestoreMetadataVersionRequest request, ShapeWork work, PackageSteps steps, CancellationToken cancellationToken)
    {
        if (request.Id.ToId() is not { } id || await work.Db.Versions.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } version)
            return Error.NotFound("version", request.Id);
        // A view may have named a field that was gone already: then it is back as it was, and says so.
        work.IsTolerant = true;
        var note = Language.Say($"Back to version {version.Number}", $"Zurück zu Version {version.Number}", $"Возврат к версии {version.Number}");
        return await ApplyMetadata.RunAsync(new PackageRun("restore", note, version.Package) { Prune = true, DryRun = request.DryRun }, work, steps, cancellationToken);
    }
}
