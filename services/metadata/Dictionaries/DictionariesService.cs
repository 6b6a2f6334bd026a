using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Access;
using Platform.Errors;
using Platform.Metadata.Shapes;

namespace Platform.Metadata.Dictionaries;

/// <summary>The RPC table of dictionaries.</summary>
internal sealed class DictionariesService(ShapeWork work) : V1.DictionariesService.DictionariesServiceBase
{
    [Permission(Permissions.Read)]
    public override Task<V1.ListDictionariesResponse> ListDictionaries(V1.ListDictionariesRequest request, ServerCallContext context) =>
        Dictionaries.ListDictionaries.Handle(request, work, context.CancellationToken).Reply();

    [Permission(Permissions.Read)]
    public override Task<V1.Dictionary> GetDictionary(V1.GetDictionaryRequest request, ServerCallContext context) =>
        GetShape.Handle(DictionaryKind.Instance, request.Id, work, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<V1.Dictionary> CreateDictionary(V1.CreateDictionaryRequest request, ServerCallContext context) =>
        CreateShape.Handle(DictionaryKind.Instance, request.Dictionary, work, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<V1.Dictionary> UpdateDictionary(V1.UpdateDictionaryRequest request, ServerCallContext context) =>
        UpdateShape.Handle(DictionaryKind.Instance, request.Dictionary, request.UpdateMask, work, context.CancellationToken).Reply();

    [Permission(Permissions.Write)]
    public override Task<Empty> DeleteDictionary(V1.DeleteDictionaryRequest request, ServerCallContext context) =>
        DeleteShape.Handle(DictionaryKind.Instance, request.Id, request.Etag, work, context.CancellationToken).Reply();
}
