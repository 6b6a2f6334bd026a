using Aspire.Hosting.ApplicationModel;

namespace Platform.LocalHost.Endpoints;

internal sealed record Http2ServiceAnnotation : IResourceAnnotation;
