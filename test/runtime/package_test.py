"""The runtime as a package: builds alone, installs, and is used out of tree.

A user's project (package/) finds the installed package and calls
nnc_add_model, once with Ninja and once with Makefiles. A script stands in for
the compiler (package/nnc.in), so that this tests the package only: the command
line that nnc gets, the linking, and what is built again after which change.
Standard library only.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

OPTIONS = None


def run(*command, **keywords):
    result = subprocess.run(
        command, capture_output=True, text=True, check=False, **keywords
    )
    if result.returncode != 0:
        raise AssertionError(
            f"{' '.join(command)}:\n{result.stdout}{result.stderr}"
        )
    return result.stdout


def write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


class Package:
    """The tests, once per generator."""

    @classmethod
    def setUpClass(cls):
        if cls.PROGRAM and not shutil.which(cls.PROGRAM):
            raise unittest.SkipTest(f"{cls.PROGRAM} is not installed")
        cls.directory = tempfile.mkdtemp(prefix="nnc-package-")
        cls.prefix = os.path.join(cls.directory, "prefix")
        cls.source = os.path.join(cls.directory, "user")
        cls.build = os.path.join(cls.directory, "user-build")
        cls.install_runtime()
        cls.make_project()
        cls.configure(cls.source, cls.build, f"-DCMAKE_PREFIX_PATH={cls.prefix}")
        run(OPTIONS.cmake, "--build", cls.build)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.directory)

    @classmethod
    def configure(cls, source, build, *options):
        run(OPTIONS.cmake, "-G", cls.GENERATOR, "-S", source, "-B", build,
            f"-DCMAKE_C_COMPILER={OPTIONS.cc}",
            f"-DCMAKE_CXX_COMPILER={OPTIONS.cxx}", *options)

    @classmethod
    def install_runtime(cls):
        build = os.path.join(cls.directory, "runtime-build")
        cls.configure(OPTIONS.runtime, build,
                      f"-DCMAKE_INSTALL_LIBDIR={cls.LIBDIR}")
        run(OPTIONS.cmake, "--build", build)
        run(OPTIONS.cmake, "--install", build, "--prefix", cls.prefix)

    @classmethod
    def make_project(cls):
        shutil.copytree(OPTIONS.project, cls.source)
        shutil.copy(OPTIONS.model, cls.source)
        shutil.copy(OPTIONS.header, cls.source)
        write(os.path.join(cls.source, "pair.weights"), "")
        write(os.path.join(cls.source, "extra.txt"), "")
        with open(os.path.join(cls.source, "nnc.in"), encoding="utf-8") as file:
            script = file.read().replace("@CC@", OPTIONS.cc)
        os.makedirs(os.path.join(cls.prefix, "bin"))
        cls.nnc = os.path.join(cls.prefix, "bin", "nnc")
        write(cls.nnc, script)
        os.chmod(cls.nnc, 0o755)

    def calls(self):
        with open(os.path.join(self.source, "nnc.log"), encoding="utf-8") as file:
            return file.read().splitlines()

    def app(self, name):
        return run(os.path.join(self.build, name))

    def test_apps_run(self):
        self.assertEqual(self.app("app"), "total 27\n")
        self.assertEqual(self.app("app_cpp"), "total 27, success\n")

    def test_command_line(self):
        out = os.path.join(self.build, "nnc-models", "pair", "pair")
        self.assertEqual(
            self.calls()[0],
            f"{self.source}/pair.c -o {out}.o --header {out}.h "
            f"--depfile {out}.d --weights {self.source}/pair.weights "
            "--name pair --batch 4 --target x86_64-linux-gnu --mcpu native "
            "--shape x=2x3 --shape ids=2 --seed 7 a b",
        )

    def test_builds_again_when_something_changes(self):
        inputs = [os.path.join(self.source, name)
                  for name in ("pair.c", "pair.weights", "extra.txt")]
        for path in [*inputs, self.nnc]:
            before = len(self.calls())
            run(OPTIONS.cmake, "--build", self.build)
            self.assertEqual(len(self.calls()), before)
            os.utime(path)
            run(OPTIONS.cmake, "--build", self.build)
            self.assertEqual(len(self.calls()), before + 1, path)

    def test_relinks(self):
        path = os.path.join(self.source, "pair.c")
        with open(path, encoding="utf-8") as file:
            text = file.read()
        write(path, text.replace("1.0f, 2.0f", "1.0f, 3.0f"))
        run(OPTIONS.cmake, "--build", self.build)
        self.assertEqual(self.app("app"), "total 33\n")
        write(path, text)
        run(OPTIONS.cmake, "--build", self.build)
        self.assertEqual(self.app("app"), "total 27\n")

    def test_unknown_arguments(self):
        source = os.path.join(self.directory, "wrong")
        os.makedirs(source, exist_ok=True)
        write(os.path.join(source, "CMakeLists.txt"),
              "cmake_minimum_required(VERSION 3.25)\n"
              "project(wrong C)\n"
              "find_package(nnc REQUIRED)\n"
              "nnc_add_model(m m.mlir WEIGHT x)\n")
        with self.assertRaisesRegex(AssertionError,
                                    "unknown arguments:\\s+WEIGHT;x"):
            self.configure(source, source + "-build",
                           f"-DCMAKE_PREFIX_PATH={self.prefix}")


    def compiler_of(self, prefix, *options, **keywords):
        """What a project takes as nnc that finds the package in `prefix`."""
        source = os.path.join(self.directory, "empty")
        os.makedirs(source, exist_ok=True)
        write(os.path.join(source, "CMakeLists.txt"),
              "cmake_minimum_required(VERSION 3.25)\n"
              "project(empty C)\n"
              "find_package(nnc REQUIRED)\n"
              'message(STATUS "compiler=${NNC_EXECUTABLE}.")\n')
        text = run(OPTIONS.cmake, "-G", self.GENERATOR, "-S", source,
                   "-B", source + "-build", f"-DCMAKE_C_COMPILER={OPTIONS.cc}",
                   f"-Dnnc_DIR={prefix}/share/cmake/nnc", *options, **keywords)
        return re.search(r"compiler=(\S+)\.", text).group(1)

    def test_compiler(self):
        def program(prefix):
            return os.path.join(prefix, "bin", "nnc")

        self.assertEqual(self.compiler_of(self.prefix), self.nnc)
        # One that does not run here, as in a target's root: that of PATH.
        foreign = os.path.join(self.directory, "foreign")
        shutil.copytree(self.prefix, foreign)
        write(program(foreign), "#!/bin/sh\nexit 1\n")
        path = os.pathsep.join([os.path.dirname(self.nnc), os.environ["PATH"]])
        self.assertEqual(
            self.compiler_of(foreign, env=dict(os.environ, PATH=path)),
            self.nnc)
        # The package has moved, and then the user says which one.
        shutil.copy(self.nnc, program(foreign))
        self.assertEqual(self.compiler_of(foreign), program(foreign))
        self.assertEqual(
            self.compiler_of(foreign, f"-DNNC_EXECUTABLE={self.nnc}"),
            self.nnc)
        self.assertEqual(self.compiler_of(foreign), self.nnc)

    def test_pkg_config(self):
        if not shutil.which("pkg-config"):
            self.skipTest("pkg-config is not installed")
        moved = os.path.join(self.directory, "moved")
        shutil.copytree(self.prefix, moved, dirs_exist_ok=True)
        environment = dict(os.environ, PKG_CONFIG_PATH=os.path.join(
            moved, self.LIBDIR, "pkgconfig"))

        def ask(*options):
            return run("pkg-config", *options, "nnc", env=environment).split()

        self.assertEqual(ask("--modversion"), ["0.1.0"])
        self.assertEqual(os.path.realpath(ask("--variable=nnc")[0]),
                         os.path.realpath(os.path.join(moved, "bin", "nnc")))
        program = os.path.join(moved, "app")
        run(OPTIONS.cxx, "-std=c++17", os.path.join(self.source, "app.cpp"),
            os.path.join(self.build, "libpair.a"), "-I", self.source,
            *ask("--cflags", "--libs"), "-o", program)
        self.assertEqual(run(program), "total 27, success\n")


class Triples(unittest.TestCase):
    """What nnc_target_triple says, of compilers and without any."""

    def setUp(self):
        self.directory = tempfile.mkdtemp(prefix="nnc-triple-")
        self.addCleanup(shutil.rmtree, self.directory)

    def ask(self, language, *options):
        """The answer in a project with this language, or without any."""
        module = os.path.join(OPTIONS.runtime, "cmake", "nncTriple.cmake")
        write(os.path.join(self.directory, "CMakeLists.txt"),
              "cmake_minimum_required(VERSION 3.25)\n"
              f"project(triple {language})\n"
              f'include("{module}")\n'
              "nnc_target_triple(triple)\n"
              "nnc_triple_key(key ${triple})\n"
              'message(STATUS "triple=${triple} key=${key}.")\n')
        build = os.path.join(self.directory, "build")
        shutil.rmtree(build, ignore_errors=True)
        text = run(OPTIONS.cmake, "-S", self.directory, "-B", build, *options)
        return re.search(r"triple=(\S+) key=(\S+)\.", text).groups()

    def system(self, name, processor):
        return self.ask("NONE", f"-DCMAKE_SYSTEM_NAME={name}",
                        f"-DCMAKE_SYSTEM_PROCESSOR={processor}")[0]

    def compiler(self, script, *options):
        """The answer for a compiler that is a script."""
        path = os.path.join(self.directory, "compiler")
        write(path, "#!/bin/sh\n" + script)
        os.chmod(path, 0o755)
        return self.ask("C", f"-DCMAKE_C_COMPILER={path}",
                        "-DCMAKE_C_COMPILER_WORKS=1",
                        "-DCMAKE_SYSTEM_NAME=Linux",
                        "-DCMAKE_SYSTEM_PROCESSOR=aarch64", *options)

    def test_of_the_system(self):
        self.assertEqual(self.system("Linux", "riscv64"), "riscv64-linux-gnu")
        self.assertEqual(self.system("Linux", "armv7l"),
                         "armv7l-linux-gnueabihf")
        self.assertEqual(self.system("Windows", "AMD64"),
                         "x86_64-pc-windows-msvc")
        self.assertEqual(self.system("Darwin", "arm64"), "aarch64-apple-macos")

    def test_of_the_compiler(self):
        self.assertEqual(
            self.compiler("echo powerpc-unknown-linux-gnu\n"),
            ("powerpc-unknown-linux-gnu", "powerpc-linux-gnu"))
        self.assertEqual(
            self.compiler('case "$*" in *-dM*) '
                          'echo "#define __ARM_ARCH 6";; '
                          "*) echo arm-linux-gnueabihf;; esac\n")[0],
            "armv6-linux-gnueabihf")

    def test_of_a_compiler_that_does_not_tell(self):
        for script in ("exit 1\n", "echo usage: cc file\n"):
            self.assertEqual(self.compiler(script)[0], "aarch64-linux-gnu")

    def test_chosen(self):
        tell = "echo aarch64-linux-gnu\n"
        chosen = "riscv64-unknown-linux-gnu"
        self.assertEqual(
            self.compiler(tell, f"-DCMAKE_C_COMPILER_TARGET={chosen}")[0],
            chosen)
        self.assertEqual(self.compiler(tell, f"-DNNC_TRIPLE={chosen}")[0],
                         chosen)

    def test_of_this_machine(self):
        triple, key = self.ask("CXX", f"-DCMAKE_CXX_COMPILER={OPTIONS.cxx}")
        self.assertEqual(triple.split("-")[0], key.split("-")[0])
        self.assertNotIn("-pc-", key)


class Ninja(Package, unittest.TestCase):
    GENERATOR = "Ninja"
    PROGRAM = "ninja"
    LIBDIR = "lib"


class Makefiles(Package, unittest.TestCase):
    GENERATOR = "Unix Makefiles"
    PROGRAM = "make"
    LIBDIR = os.path.join("lib", "some-linux-gnu")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    for option in ("runtime", "project", "model", "header", "cmake", "cc", "cxx"):
        parser.add_argument("--" + option, required=True)
    OPTIONS, rest = parser.parse_known_args()
    unittest.main(argv=[sys.argv[0], *rest])
