using System.Diagnostics.CodeAnalysis;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.JavaScript;
using Microsoft.Extensions.Hosting;
using Platform.LocalHost.JavaScript;
using Platform.LocalHost.Unsupported;

namespace Aspire.Hosting;

/// <summary>Adds JavaScript applications. Each gets an installer of its own, <c>name-installer</c>, that it waits for.</summary>
public static class JavaScriptHostingExtensions
{
    private const string NothingPublished = "nothing is published from here";

    /// <summary>An application that a script of its package.json runs.</summary>
    public static IResourceBuilder<JavaScriptAppResource> AddJavaScriptApp(this IDistributedApplicationBuilder builder, string name, string appDirectory, string runScriptName = "dev") =>
        builder.Add(new JavaScriptAppResource(name, "npm", builder.PathOf(appDirectory)), runScriptName);

    /// <summary>An application that Vite serves, on the port of its endpoint <c>http</c>.</summary>
    public static IResourceBuilder<ViteAppResource> AddViteApp(this IDistributedApplicationBuilder builder, string name, string appDirectory, string runScriptName = "dev") =>
        builder.Add(new ViteAppResource(name, "npm", builder.PathOf(appDirectory)), runScriptName).WithPort("--port");

    /// <summary>An application of Next.js, on the port of its endpoint <c>http</c>.</summary>
    public static IResourceBuilder<NextJsAppResource> AddNextJsApp(this IDistributedApplicationBuilder builder, string name, string appDirectory, string runScriptName = "dev") =>
        builder.Add(new NextJsAppResource(name, "npm", builder.PathOf(appDirectory)), runScriptName).WithPort("-p");

    /// <summary>A script that Node.js runs; where there is a package.json, its packages are brought before.</summary>
    public static IResourceBuilder<NodeAppResource> AddNodeApp(this IDistributedApplicationBuilder builder, string name, string appDirectory, string scriptPath)
    {
        var resource = builder.AddResource(new NodeAppResource(name, "node", builder.PathOf(appDirectory))).WithNodeDefaults();
        resource.WithArgs(context =>
        {
            if (!RunScript.AddTo(context.Args, resource.Resource))
                context.Args.Add(scriptPath);
        });
        return File.Exists(Path.Combine(resource.Resource.WorkingDirectory, "package.json")) ? resource.WithNpm() : resource;
    }

    /// <summary>npm brings the packages and runs the script.</summary>
    public static IResourceBuilder<TResource> WithNpm<TResource>(this IResourceBuilder<TResource> resource, bool install = true, string? installCommand = null, string[]? installArgs = null)
        where TResource : JavaScriptAppResource => resource.With(new JavaScriptPackageManagerAnnotation("npm", "run"), install, [installCommand ?? "install", .. installArgs ?? []]);

    /// <summary>pnpm brings the packages and runs the script.</summary>
    public static IResourceBuilder<TResource> WithPnpm<TResource>(this IResourceBuilder<TResource> resource, bool install = true, string[]? installArgs = null)
        where TResource : JavaScriptAppResource => resource.With(new JavaScriptPackageManagerAnnotation("pnpm", "run") { CommandSeparator = null }, install, ["install", .. installArgs ?? []]);

    /// <summary>Yarn brings the packages and runs the script.</summary>
    public static IResourceBuilder<TResource> WithYarn<TResource>(this IResourceBuilder<TResource> resource, bool install = true, string[]? installArgs = null)
        where TResource : JavaScriptAppResource => resource.With(new JavaScriptPackageManagerAnnotation("yarn", "run") { CommandSeparator = null }, install, ["install", .. installArgs ?? []]);

    /// <summary>Bun brings the packages and runs the script.</summary>
    public static IResourceBuilder<TResource> WithBun<TResource>(this IResourceBuilder<TResource> resource, bool install = true, string[]? installArgs = null)
        where TResource : JavaScriptAppResource => resource.With(new JavaScriptPackageManagerAnnotation("bun", "run") { CommandSeparator = null }, install, ["install", .. installArgs ?? []]);

    /// <summary>Another script runs the application.</summary>
    public static IResourceBuilder<TResource> WithRunScript<TResource>(this IResourceBuilder<TResource> resource, string scriptName, string[]? args = null)
        where TResource : JavaScriptAppResource => resource.WithAnnotation(new JavaScriptRunScriptAnnotation(scriptName, args), ResourceAnnotationMutationBehavior.Replace);

    /// <summary>The script that builds the application when it is published.</summary>
    public static IResourceBuilder<TResource> WithBuildScript<TResource>(this IResourceBuilder<TResource> resource, string scriptName, string[]? args = null)
        where TResource : JavaScriptAppResource => resource.WithAnnotation(new JavaScriptBuildScriptAnnotation(scriptName, args), ResourceAnnotationMutationBehavior.Replace);

    /// <summary>How it is published. Not supported locally.</summary>
    [Experimental("ASPIREJAVASCRIPT001")]
    public static IResourceBuilder<TResource> PublishAsNodeServer<TResource>(this IResourceBuilder<TResource> builder, string entryPoint, string outputPath = ".")
        where TResource : JavaScriptAppResource => builder.NotSupported($"PublishAsNodeServer: {NothingPublished}");

    /// <summary>How it is published. Not supported locally.</summary>
    [Experimental("ASPIREJAVASCRIPT001")]
    public static IResourceBuilder<TResource> PublishAsPackageScript<TResource>(this IResourceBuilder<TResource> builder, string scriptName = "start", string? runScriptArguments = null)
        where TResource : JavaScriptAppResource => builder.NotSupported($"PublishAsPackageScript: {NothingPublished}");

    private static string PathOf(this IDistributedApplicationBuilder builder, string directory) => Path.GetFullPath(directory, builder.AppHostDirectory);

    private static IResourceBuilder<T> Add<T>(this IDistributedApplicationBuilder builder, T app, string script)
        where T : JavaScriptAppResource => builder.AddResource(app).WithNodeDefaults().WithArgs(context => RunScript.AddTo(context.Args, app)).WithNpm().WithRunScript(script);

    private static IResourceBuilder<T> WithNodeDefaults<T>(this IResourceBuilder<T> resource)
        where T : JavaScriptAppResource
    {
        // Which program runs it is known only when everything has been said of it.
        resource.ApplicationBuilder.OnBeforeStart((_, _) =>
        {
            if (RunScript.ManagerOf(resource.Resource) is { } manager && resource.Resource.Annotations.OfType<JavaScriptRunScriptAnnotation>().Any())
                resource.WithCommand(manager.ExecutableName);
            return Task.CompletedTask;
        });
        return resource.WithOtlpExporter().WithEnvironment("NODE_ENV", resource.ApplicationBuilder.Environment.IsDevelopment() ? "development" : "production");
    }

    // The framework takes its port from the command line.
    private static IResourceBuilder<T> WithPort<T>(this IResourceBuilder<T> resource, string option)
        where T : JavaScriptAppResource => resource.WithHttpEndpoint(env: "PORT").WithArgs(context =>
        {
            if (RunScript.ManagerOf(resource.Resource)?.CommandSeparator is { } separator)
                context.Args.Add(separator);
            context.Args.Add(option);
            context.Args.Add(resource.GetEndpoint("http").Property(EndpointProperty.Port));
        });

    private static IResourceBuilder<T> With<T>(this IResourceBuilder<T> resource, JavaScriptPackageManagerAnnotation manager, bool install, string[] installArgs)
        where T : JavaScriptAppResource
    {
        resource.WithAnnotation(manager, ResourceAnnotationMutationBehavior.Replace).WithAnnotation(new JavaScriptInstallCommandAnnotation(installArgs), ResourceAnnotationMutationBehavior.Replace);
        Installer.Set(resource, install);
        return resource;
    }
}
