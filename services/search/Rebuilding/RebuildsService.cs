using Grpc.Core;
using Platform.Access;
using Platform.CustomFields;
using Platform.Errors;

namespace Platform.Search.Rebuilding;

/// <summary>The RPC table of rebuilds.</summary>
internal sealed class RebuildsService(SearchDbContext db, CustomFieldDirectory directory, TimeProvider time) : V1.RebuildsService.RebuildsServiceBase
{
    [Permission(Permissions.Admin)]
    public override Task<V1.Rebuild> StartRebuild(V1.StartRebuildRequest request, ServerCallContext context) =>
        Rebuilding.StartRebuild.Handle(db, directory, time, context.CancellationToken).Reply();

    [Permission(Permissions.Admin)]
    public override Task<V1.Rebuild> GetRebuild(V1.GetRebuildRequest request, ServerCallContext context) =>
        Rebuilding.GetRebuild.Handle(request, db, context.CancellationToken).Reply();
}
