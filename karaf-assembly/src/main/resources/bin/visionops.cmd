@echo off
rem Runs, stops and asks VisionOps; all that is decided, is decided in Java.
setlocal
set "PROGRAM=%~dp0.."
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"
"%JAVA%" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx64m -Dfile.encoding=UTF-8 "-Dvisionops.program=%PROGRAM%" ^
    -cp "%PROGRAM%\lib\visionops-launcher.jar" io.visionops.launcher.Main %*
