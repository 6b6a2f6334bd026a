using Grpc.Core;
using Microsoft.Extensions.Options;
using Platform.Access;
using Platform.Errors;
using Platform.Metadata.Shapes;

namespace Platform.Metadata.Fields;

/// <summary>The RPC table of custom fields.</summary>
internal sealed class FieldsService(MetadataDbContext db, ShapeWork work, IOptions<FieldOptions> options, TimeProvider time) : V1.FieldsService.FieldsServiceBase
{
    [Permission(Permissions.Read)]
    public override Task<V1.ListFieldsResponse> ListFields(V1.ListFieldsRequest request, ServerCallContext context) =>
        Fields.ListFields.Handle(request, db, time, context.CancellationToken).Reply();

    [Permission(Permissions.Read)]
    public override Task<V1.Field> GetField(V1.GetFieldRequest request, ServerCallContext context) =>
        Fields.GetField.Handle(request, db, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<V1.Field> CreateField(V1.CreateFieldRequest request, ServerCallContext context) =>
        Fields.CreateField.Handle(request, db, time, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<V1.Field> UpdateField(V1.UpdateFieldRequest request, ServerCallContext context) =>
        Fields.UpdateField.Handle(request, db, time, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<V1.Field> DeleteField(V1.DeleteFieldRequest request, ServerCallContext context) =>
        Fields.DeleteField.Handle(request, db, options.Value, time, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<V1.Field> UndeleteField(V1.UndeleteFieldRequest request, ServerCallContext context) =>
        Fields.UndeleteField.Handle(request, db, time, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<V1.EvaluateFormulaResponse> EvaluateFormula(V1.EvaluateFormulaRequest request, ServerCallContext context) =>
        Fields.EvaluateFormula.Handle(request, work, context.CancellationToken).Reply();
}
