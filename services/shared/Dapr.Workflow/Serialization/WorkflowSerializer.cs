using System.Text.Json;
using Dapr.Common.Serialization;

namespace Dapr.Workflow.Serialization;

/// <summary>How inputs, outputs and events of workflows are written.</summary>
public interface IWorkflowSerializer : IDaprSerializer;

/// <summary>Writes them as JSON.</summary>
public sealed class JsonWorkflowSerializer : JsonDaprSerializer, IWorkflowSerializer
{
    /// <summary>With the defaults of the web.</summary>
    [Obsolete("Use Dapr.Common.Serialization.JsonDaprSerializer.")]
    public JsonWorkflowSerializer()
    {
    }

    /// <summary>With options.</summary>
    public JsonWorkflowSerializer(JsonSerializerOptions options)
        : base(options)
    {
    }
}
