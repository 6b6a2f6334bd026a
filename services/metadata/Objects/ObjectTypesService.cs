using Grpc.Core;
using Microsoft.Extensions.Options;
using Platform.Access;
using Platform.Errors;
using Platform.Metadata.Fields;

namespace Platform.Metadata.Objects;

/// <summary>The RPC table of the objects that companies define.</summary>
internal sealed class ObjectTypesService(MetadataDbContext db, IOptions<FieldOptions> options, TimeProvider time) : V1.ObjectTypesService.ObjectTypesServiceBase
{
    [Permission(Permissions.Read)]
    public override Task<V1.ListObjectTypesResponse> ListObjectTypes(V1.ListObjectTypesRequest request, ServerCallContext context) =>
        Objects.ListObjectTypes.Handle(request, db, time, context.CancellationToken).Reply();

    [Permission(Permissions.Read)]
    public override Task<V1.ObjectType> GetObjectType(V1.GetObjectTypeRequest request, ServerCallContext context) =>
        Objects.GetObjectType.Handle(request, db, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<V1.ObjectType> CreateObjectType(V1.CreateObjectTypeRequest request, ServerCallContext context) =>
        Objects.CreateObjectType.Handle(request, db, time, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<V1.ObjectType> UpdateObjectType(V1.UpdateObjectTypeRequest request, ServerCallContext context) =>
        Objects.UpdateObjectType.Handle(request, db, time, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<V1.ObjectType> DeleteObjectType(V1.DeleteObjectTypeRequest request, ServerCallContext context) =>
        Objects.DeleteObjectType.Handle(request, db, options.Value, time, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<V1.ObjectType> UndeleteObjectType(V1.UndeleteObjectTypeRequest request, ServerCallContext context) =>
        Objects.UndeleteObjectType.Handle(request, db, time, context.CancellationToken).Reply();
}
