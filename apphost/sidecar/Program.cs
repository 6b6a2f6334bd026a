using Platform.Sidecar.Hosting;

return await SidecarProgram.Run(args);
