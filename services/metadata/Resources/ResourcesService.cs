using Grpc.Core;
using Platform.Access;
using Platform.Errors;
using Platform.Metadata.Shapes;

namespace Platform.Metadata.Resources;

/// <summary>The RPC table of what resources look like.</summary>
internal sealed class ResourcesService(MetadataDbContext db, ShapeWork work) : V1.ResourcesService.ResourcesServiceBase
{
    [Permission(Permissions.Read)]
    public override Task<V1.ListResourcesResponse> ListResources(V1.ListResourcesRequest request, ServerCallContext context) =>
        Resources.ListResources.Handle(Language.Of(request.Language, context), db, context.CancellationToken).Reply();

    [Permission(Permissions.Read)]
    public override Task<V1.ResourceDescriptor> DescribeResource(V1.DescribeResourceRequest request, ServerCallContext context) =>
        Resources.DescribeResource.Handle(request.Resource, Language.Of(request.Language, context), work, context.CancellationToken).Reply();

    [AnyMember]
    public override Task<V1.DescribeResourcesResponse> DescribeResources(V1.DescribeResourcesRequest request, ServerCallContext context) =>
        Resources.DescribeResources.Handle(Language.Of(request.Language, context), work, context.CancellationToken).Reply();

    [AnyMember]
    public override Task<V1.Schema> GetSchema(V1.GetSchemaRequest request, ServerCallContext context) =>
        Resources.GetSchema.Handle(request, db, context.CancellationToken).Reply();
}
